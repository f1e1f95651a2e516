# Writing a report down for somebody else. Read by whoever is on the phone, at the table, or has the paper form in hand.

take-down-heading = Write a report down for somebody
take-down-lede = For a person who phones, comes to you, or sent a paper form or an e-mail. It is the same form, is answered as soon, and gives the same words to come back with.
take-down-stop =
    __Is it about you, or about somebody close to you?__ Then stop here, kindly. Say that another person should write it down, and give them the other lead’s number, or the address of this site.
take-down-how =
    - Say who you are, who will read it, and that they can stop at any time.
    - Use their words, not yours. What you think of it belongs in the case, not here.
    - Read out only what they want to answer. Almost every question can be left out.
    - At the end there are seven words. Read them out slowly, and let the person write them down, or post them if that is safe.
    - If you have a paper form, you can add a picture or a scan of it on the page for files.
take-down-channel = How did they tell you?
take-down-channel-phone = By phone
take-down-channel-in_person = In person
take-down-channel-paper = On paper
    .hint = The printed form, or a letter.
take-down-channel-email = By e-mail
take-down-channel-error = Choose how they told you
take-down-told = When did they tell you?
    .hint = The day they phoned, came, or that the paper arrived. The time in which we answer counts from then.
take-down-told-error = Type the day as a date, such as 24 11 2026, or leave it empty for today
take-down-told-future = This day is still to come. Type the day on which they told you
take-down-other-heading = Another report was begun on this device
take-down-other = It has not been sent, and has no words yet. Without its words nobody can go on with it once you begin a new one.
take-down-other-words = Get its words first
take-down-leave = I do not need the other report any more
take-down-leave-error = Get the words of the other report first, or tick that you do not need it
take-down-begin = Begin
take-down-link = Write a report down for somebody
take-down-banner = You are writing this down for somebody else. Use their words; what they do not want to say stays empty.
take-down-sent-words = These are their words, not yours. Read them out slowly, or write them down to post or hand over if that is safe, and do not keep a copy. Then press “Leave this report on this device” at the bottom.
take-down-came = { $channel ->
    [phone] Told by phone
    [in_person] Told in person
    [paper] Sent on paper
   *[email] Sent by e-mail
 }
take-down-came-by = { $how } on { $date }. Written down by { $name }.
take-down-came-someone = { $how } on { $date }. Written down by somebody who has left the team.
