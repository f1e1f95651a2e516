# The pages around the report form: beginning, checking, sending, stopping, coming back.
# The words of the questions are in form.ftl. What the tab of the browser says names no subject.

report-tab = This page
report-tab-part = Part { $place } of { $of }
report-tab-start = Before you begin
report-tab-check = Look it through
report-tab-sent = Done
report-tab-words = Seven words
report-tab-return = Come back
report-tab-receipt = Look at a receipt
report-tab-paper = On paper

report-time-am = { $time }am
report-time-pm = { $time }pm
report-moment = { $time } on { $date }
report-month = { $month } { $year }
report-from-until = From { $from } until { $until }
report-until = Until { $until }

report-role-lead = designated safeguarding lead
report-role-alternate = alternate safeguarding lead
report-role-sponsor = independent recipient
report-role-university = safeguarding lead of the university
report-role-caseworker = caseworker
report-role-administrator = administrator
report-someone = this person
report-someone-left = Someone who is no longer in the team

report-meanings = What do these words mean?
report-or = or
report-instead = Instead, or as well
report-instead-none = I have answered above
report-why = Why we ask, and who sees it
report-who-sees = Only the people who deal with your report can read what you answer. Each of them is named before you send it.
report-stop = Save and come back later
report-needs = Other people who can help, by need
report-list-full = There is no room for more here. You can tell us about others in your own words.
report-item-line = { $question } { $answer }
report-option-more = { $option }: { $more }

report-again-press = Your answers are still here, and nothing was lost. This page had been open for long, or in two windows. Please press the button again.
report-again-gone = We could not find what you wrote on the pages before. It may have been kept for its full time, or this browser does not keep cookies. What you typed on this page is still here. Press “Continue” to begin again with it.
report-again-files = Some files could not be taken. All others are kept.
report-again-cut = The files did not arrive whole. What came whole is in the list below. Please choose the others again.
report-again-too-much = This was more than we can take at once. What came whole is in the list below. Please send the others in smaller groups.

# Files

report-file-choose = Choose files
report-file-add = Add these files
report-file-limits = Up to { $count } files, each up to { $size }. Pictures, PDF, plain text, sound and video.
report-file-line = { $name }, { $size }
report-file-describe = Say what it is
report-size-kb = { $size } KB
report-size-mb = { $size } MB
report-file-too-large = “{ $name }” is larger than { $size }. You could send a part of it, or tell us about it in words.
report-file-too-many = “{ $name }” is one file too many: there can be { $count }. You can take one out, or send it later with a message.
report-file-empty = “{ $name }” has nothing in it. Please choose it again.
report-file-kind = “{ $name }” is not a picture, PDF, plain text, sound or video. You could send a photo or a PDF of it.
report-file-fault = “{ $name }” could not be kept, because of something on our side. Please try it once more.

# Before it begins

report-start-heading = Before you begin
report-start-lede = You can stop at any time. You need no proof, and you need not be sure.
report-start-long = The short form takes about a minute, the full one ten to twenty. You choose how far you go.
report-start-skip = There is one question on each page. You can leave out most of them.
report-start-stop = You can stop on any page and come back. You get seven words for that. What you wrote is kept, locked, for { $days } days.
report-start-reads = One lead reads it. We tell you who before you send it. If they are part of what happened, someone else reads it.
report-start-anonymous = You can do this without your name.
report-start-button = Start
report-start-cookie = When you have answered the first question, one cookie ties your pages together. It goes when you close the browser.
report-start-begun = You have begun something on this device. It is still here.
report-start-go-on = Go on with it
report-start-sent = You have sent something from this device.
report-start-open = Open it
report-start-another-text = You can also begin something new. What you have now can then only be opened with its seven words, so please write those down first.
report-start-another = Begin something new

report-gone = We could not find what you wrote
report-gone-text = What is not sent is kept for { $days } days after the last change, and then deletes itself. If you have seven words, they may still open it.
report-gone-start = Begin again

report-already = You have already sent this
report-already-text = Your report was sent from another window. What you typed here is not part of it yet. You can add it now.
report-already-typed = What you typed here
report-already-send = Add this to what I sent
report-already-open = Open what I sent

# Looking it through

report-check-heading = Look at your answers
report-check-lede = Nothing has been sent yet. You can change anything here.
report-check-missing = One more answer is needed before you can send this.
report-check-missing-link = Go to the question
report-check-no-file = You said that you would add a file. There is none yet.
report-check-no-file-link = Add a file
report-still-needed = This still needs an answer.
report-left-out = Left out. You can leave it so.
report-check-who = Who will read it
report-check-who-text = If this person should not read it, change your answer to the question about the people who read reports.
report-check-next = What happens next
report-open-by = Somebody opens it by { $moment }.
report-open-at-once = Somebody is told at once, day or night.
report-contact-by = By { $moment } you hear from a person, only in a way that you chose.
report-contact-here = We write to you here. You can read it with your seven words.
report-decide-by = By { $moment } we decide, with you where we can, what will be done.
report-check-words = After you send it you get seven words. With them you can read our answer, add to it, or change what you want.
report-check-send = Send
report-check-mentioned = You mention { $name }, { $role }. Is it about them?
    .hint = If it is, { $name } will not see your report, and will not know that there is one.
    .error = Please say whether it is about { $name }.
report-check-about-yes = Yes, or it is close to them
    .hint = You then see who reads it instead, before you send it.
report-check-about-no = No, I only mention them

report-nobody = This cannot be read by anyone here
report-nobody-text = You told us that everyone who could read this is part of it, or close to it. So we have not sent it to anyone.
report-nobody-kept = What you wrote is still here. It is locked, and kept for { $days } days.
report-nobody-where = Where else you can turn
report-nobody-others =
    - The council: ask for “adult safeguarding” in your area. They must listen.
    - The police: 999 if someone is in danger now, 101 if not.
    - Protect, free and private advice for people who speak up: [020 3117 2520](tel:02031172520).
    - [Get help now]({ $help }) has more people, by need.
report-nobody-keep = Keep it and get my seven words
report-nobody-change = Change who is part of it

# Sent

report-sent-heading = Thank you. It has arrived.
report-sent-lede = You are not alone with this any more. It is safely stored, and only the people who deal with it can read it.
report-sent-number = Its number is { $number }.
report-sent-at = It came at { $moment }.
report-sent-follow = Open what I sent
report-sent-care = For now
report-sent-care-text =
    It can take a lot to tell. If you can, take a slow breath, have some water, and be with someone you trust.

    - If you are in danger, call 999.
    - Samaritans listen day and night, free: [116 123](tel:116123).
    - [Get help now]({ $help }) has people who know about many kinds of trouble.
report-sent-shared = If others use this device or its printer, do not print this page, and do not save the receipt here.

# The words

report-words-heading = Come back later
report-words-are = Your seven words
report-words-once = They are the only key. We cannot tell them to you again, and we cannot open this for you without them.
report-words-keep-1 = Write them on paper, in this order, and keep the paper where only you look.
report-words-keep-2 = Or save them as a note that only you can open. Nobody can tell from them what they are for.
report-words-keep-3 = Do not take a picture of the screen if others can see your photos.
report-words-written = I have written them down
report-words-kept = You said that you have written your seven words down. They are not shown again.
report-words-then = What happens to what you wrote
report-words-expire = It has not been sent. It is kept, locked, until { $date }. Then it deletes itself. Each change gives it the full time again.
report-words-how = Come back on any device: choose [Come back with your words]({ $return }) and type them.
report-words-go-on = Go on now
report-words-leave = You then need your seven words to come back. The history of the browser stays; clear it too if others use this device.

report-forget-link = Delete what I wrote
report-forget-heading = Delete what you wrote?
report-forget-text = All answers and files that you have not sent are deleted at once. Nobody has read them. Your seven words, if you have them, then open nothing.
report-forget-button = Delete it
report-forget-keep = Keep it
report-forgotten = It is deleted
report-forgotten-text = Nobody has read it. You can come to us at any time, by phone or here.

# Coming back

report-return-heading = Come back with your words
report-return-text = With your seven words you can go on where you stopped, or read our answer.
report-return-words = Your seven words
    .hint = Capital letters, commas and small slips do not matter.
report-return-button = Open
report-return-unknown = These words open nothing. Please look at each word and their order. If they were for something that you had not sent, its time may be over. What was sent is erased when the time for keeping it is over; then its words open nothing any more.
report-return-count = { $count ->
        [0] We found no words here. Please type your seven words.
        [one] We found 1 word here. Please type all seven.
       *[other] We found { $count } words here. There should be seven.
    }
report-return-unlisted = Word { $position } is not one that we give. Please look at it again.
report-return-pick = Word { $position } could be one of these
report-return-pick-hint = Choose one, or type it again above.
report-return-lost = I have lost my words
report-return-lost-text = Nobody can find them again, not even we. What you sent is still being dealt with. Please phone a lead and give the number of your report if you have it, or write a new report.

# Receipts

report-receipt-show = Proof that you sent it
report-receipt-what = This proves that we received something from you, and when. It says nothing of what you wrote. Whoever has it cannot open your report.
report-receipt-save = Save it as a file
report-receipt-heading = Check a receipt
report-receipt-text = A receipt proves that we received a report, and when. It says nothing of what was in it.
report-receipt-label = The receipt
    .hint = Paste all of its lines. It begins with “safehold receipt v1”.
report-receipt-button = Check it
report-receipt-good = This receipt is from us, and nobody has changed it.
report-receipt-good-text = It is for number { $number }, which we received at { $moment }.
report-receipt-error = This is not a receipt from us, or something in it has changed. Please paste all of its lines, just as they were.

# On paper

report-paper-heading = The form on paper, part 1 of 2
report-paper-lede = Fill in only what you want to. You can leave out any question, and whole parts.
report-paper-others =
    To print it, use the menu of your browser. [Part 2]({ $paper }/2) is on a page of its own.

    There is a [shorter form on one sheet]({ $paper }/short), and [one in Easy Read]({ $paper }/easy). You can also [write to us here]({ $ask }).
report-paper-goes-on = Part 2 is on other sheets. You do not have to fill it in.
report-paper-to-second = Go to part 2, to print it as well
report-paper-second = The form on paper, part 2 of 2
report-paper-second-lede = These sheets belong to part 1. Fill in only what you want to. You can leave out any question, and whole parts.
report-paper-second-others =
    To print it, use the menu of your browser. [Part 1]({ $paper }) tells you who to give it to.

report-paper-how-1 = If someone is in danger now, call 999 first.
report-paper-how-2 = Say as little or as much as you like. Use more sheets if you need them.
report-paper-how-3 = Give it to a lead whom it is not about. A lead can fill it in with you.
report-paper-send = By post:
report-paper-only = Only if you ticked { $options } in question { $number }.
report-paper-not = Leave this out if you ticked { $options } in question { $number }.
report-paper-not-only = Leave this out if you ticked nothing but { $options } in question { $number }.
report-paper-at-least = Only if you wrote about { $count } or more in question { $number }.
report-paper-option = “{ $option }”
report-paper-or = { " or " }
report-paper-if-advice = Do you only want advice? Then question { $number } is enough.
report-paper-if-learning = Did something go well, or nearly go wrong? Could we do something better? Then question { $number } and the one before it are enough.
report-paper-more = More space
    .hint = Write the number of the question beside what you write.
report-paper-office = For the team
report-paper-office-came = Came on
report-paper-office-by = Typed in by
report-paper-office-number = Number

report-paper-short-heading = The short form on paper
report-paper-short-lede = These are the questions that help us most. You can leave out any of them.
report-paper-short-others =
    To print it, use the menu of your browser. It fits on both sides of one sheet.

    There is also [the whole form]({ $paper }), and [one in Easy Read]({ $paper }/easy).
