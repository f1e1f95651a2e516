# The reporter's page of a report that was sent.

follow-tab = Messages
follow-heading = Number { $number }
follow-you = You
follow-team = The team
follow-new = New for you
follow-earlier = Earlier messages
follow-stands = How it stands
follow-paused = We are waiting for someone outside. We tell you here when it goes on.
follow-more = What you can look at or change
follow-known-named = You gave your name. Those who deal with this know it, and tell others only what they need.
follow-known-confidential = You are confidential: only those who deal with this know who you are.
follow-anonymous = Nobody here knows who you are. You can tell us in a message, if you want to.

follow-late-open = Somebody was to open it by { $moment }, and nobody has yet. We are sorry. They are reminded, and if they still do not open it, another person of the team gets it.
follow-late-contact = We were to write to you by { $moment }, and have not yet. We are sorry. They are reminded.
follow-late-decide = We were to decide by { $moment } what will be done, and have not yet. We are sorry. They are reminded.
follow-late-review = We were to look by { $moment } whether it holds. We are sorry that we have not yet. They are reminded.
follow-late-help = You can write to us below, or talk to a person instead.
follow-late-ask = Ways to talk to a person
follow-review-by = By { $moment } we look whether it holds.
follow-receipt-check = Anybody to whom you show it can check that it is from us:

follow-state-received = It has arrived. Nobody has opened it yet.
    .next = Somebody will open it soon.
follow-state-triage = A lead has opened it.
    .next = They read it, look at what you want, and write to you.
follow-state-advice_given = We have answered your question.
    .next = You can ask more here at any time.
follow-state-signposted = We have told you who else can help.
    .next = You can still write to us here.
follow-state-open = We are looking into it.
    .next = We decide, with you where we can, what will be done.
follow-state-transferred = Somebody else deals with it now.
    .next = In the messages here we tell you who, and why.
follow-state-learning_only = We learn from it.
    .next = Nothing more is needed from you. Thank you.
follow-state-action = We are doing what was decided.
    .next = We tell you here what is done.
follow-state-monitoring = What was decided is done. We watch that it holds.
    .next = Please write to us here if something is not right.
follow-state-closing_review = A second person looks at whether all was done.
    .next = Please write to us here if something is still missing.
follow-state-closed = It is finished.
    .next = You can write to us here if something new happens, or if you see it differently.

follow-write = Write to us
follow-write-closed = This is finished, but you can still write. If something is new, we open it again.
follow-write-text = Your message
    .hint = An answer, a question, or something that you want to add.
follow-write-files = Add files
follow-write-send = Send this message
follow-empty = Please write something first, or add a file.
follow-too-long = This has { $count } characters, and { $max } fit here. Please make it shorter, or send it in two messages.
follow-again-cut = This did not arrive whole. Your words are still below. Please send them again, and choose the files again.
follow-again-too-much = This was more than we can take at once, and nothing was sent. Your words are still below. Please send them again with fewer files; more can follow in another message.
follow-again-press = Your words are still below, and nothing was lost. This page had been open for long, or in two windows. Please press the button again. If you had chosen files, please choose them again first.
follow-again-files = These files could not be taken, and nothing was sent.
follow-again-files-sent = Your message was sent, but some files could not be taken.
follow-late = Your report had been sent already when you added files, perhaps in another window. The files are not with it yet. Please add them here.

follow-done-message = Your message was sent. The answer comes here.
follow-done-wishes = We have your new wishes. They count from now on.
follow-done-consent = We have noted it. It counts from now on.
follow-done-confidential = From now on your name stays with the people who deal with this.
follow-done-withdraw = We have noted it. A lead writes to you here.

follow-said-wishes = What you want has changed
follow-said-consent = Agreement to share was taken back
follow-said-confidential = Named became confidential
follow-said-withdraw = Asked to take the report back
follow-wishes-want = To happen: { $text }
follow-wishes-must-not = Must not happen: { $text }

follow-answers = Your answers as you sent them
follow-answers-add = Add something
follow-answers-files = Your files
follow-answers-left-out = Questions that you left out

# Files that came with a message or the report. The sizes are from report-size-*.
follow-file-about = { $kind }, { $size }
follow-file-image = Picture
follow-file-audio = Sound
follow-file-video = Film
follow-file-pdf = PDF
follow-file-text = Text
follow-show = A file
follow-show-from-team = From the team
follow-show-from-you = From you, as you sent it
follow-show-image = The picture. We cannot describe what it shows.
follow-show-other = This kind of file cannot be shown here. You can save it and open it on your device.
follow-save = Save it on this device
follow-save-care = If you save it, it stays on this device after you leave this page. Other people who use the device may find it.

follow-change-not = Go back without a change
follow-change-wishes = Change what you want to happen
    .body = What you write here takes the place of what you said before. What you said before stays in the record.
    .button = Send my new wishes
follow-change-wishes-wishes = What would you like to happen?
follow-change-wishes-must_not = What must not happen?
follow-change-consent = Take back an agreement to share
    .body =
        From now on we share nothing more with those whom you name. What was shared before cannot be called back.

        We may still have to tell someone if a person could be badly hurt, if a child is at risk, or if the law says so. We tell you first, unless that would make things less safe.
    .button = Take it back
follow-change-consent-said = What you said before
follow-change-consent-with = With whom should we share nothing more?
    .hint = Leave it empty if you mean everybody.
follow-change-confidential = Keep your name among those who deal with it
    .body = You gave your name. If you choose this, others learn it only if they need to, and we ask you first unless someone could be badly hurt. Those who know it already cannot forget it.
    .button = Make it confidential
follow-change-withdraw = Ask to take your report back
    .body =
        A lead reads this and writes to you. You do not need to give a reason.

        In most cases we then do nothing more. If someone could be badly hurt, or a child is at risk, we may have to go on. We tell you why.
    .button = Ask for it
follow-change-withdraw-text = Is there something that you want to say about it?
    .hint = You can leave this empty.

follow-leave = Take this visit off this device
