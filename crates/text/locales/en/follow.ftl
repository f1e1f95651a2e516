# The reporter's page of a report that was sent.

follow-tab = Messages
follow-heading = Number { $number }
follow-you = You
follow-team = The team
follow-new = New for you
follow-earlier = Earlier messages
follow-files = Files:
follow-stands = How it stands
follow-paused = We are waiting for someone outside. We tell you here when it goes on.
follow-more = What you can look at or change
follow-anonymous = Nobody here knows who you are. You can tell us in a message, if you want to.

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
follow-again-files-sent = Your message was sent, but some files could not be taken.

follow-done-message = Your message was sent.
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
