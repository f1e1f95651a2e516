# Words of the desk: for those who respond. Plain, calm, and quick to scan.
# desk-do-<action>        what can be done; .about says when
# desk-did-<action>       the same in the history, once it is done
# desk-field-<field>      what an action records; .hint helps
# desk-choice-<field>-<choice>

# The browser's tab names no subject.
desk-tab = Work
desk-sign-in-tab = Sign in
desk-nav = Desk
desk-nav-cases = Cases
desk-nav-team = Team
desk-nav-organisation = Organisation
desk-nav-statement = Statement
desk-nav-account = Your account
desk-sign-out = Sign out

## Times

desk-moment = { $date }, { $time }
desk-when = { $date } at { $time }
desk-when-today = today at { $time }
desk-when-yesterday = yesterday at { $time }
desk-when-tomorrow = tomorrow at { $time }
desk-weekday-1 = Monday
desk-weekday-2 = Tuesday
desk-weekday-3 = Wednesday
desk-weekday-4 = Thursday
desk-weekday-5 = Friday
desk-weekday-6 = Saturday
desk-weekday-7 = Sunday
desk-from-until = From { $from } until { $until }
desk-time-out = You can take until { $time }. After that you sign in again, and what you typed is still there.

## Signing in

desk-sign-in = Sign in
desk-sign-in-button = Sign in
desk-email = E-mail address
desk-pass = Pass phrase
desk-code = Six-digit code
    .hint = From your authenticator app. If you can't reach the app, type one of your recovery codes instead. You can paste.
desk-sign-in-refused = These three do not fit together. Please check each of them. The code changes every 30 seconds, so a fresh one may help.
desk-sign-in-lost = I can't sign in
desk-sign-in-lost-text =
    A recovery code takes the place of the six digits. Each works once.

    If you have lost your pass phrase, nobody can tell it to you: only you ever knew it. You can [choose a new one and ask to be let in again](/desk/lost). Somebody in your team then speaks with you.
desk-signed-out = You are signed out.
desk-pass-changed = Your pass phrase is changed. Please sign in with the new one.
desk-joined = You have joined. Please sign in. Use a new code from your app.
desk-session-ended = You were signed out while you were writing
desk-session-ended-kept = Nothing that you typed is lost. Sign in, and you can go on where you were. Files must be chosen again.
desk-typed = What you typed
desk-again = Your words are here
desk-again-signed-in = You are signed in again. Go back to the form with what you typed, look at it once more, and send it.
desk-again-expired = The page was from before you last signed in, so nothing was done yet. Go back to the form with what you typed, look at it once more, and send it.
desk-again-button = Back to the form
desk-to-list = All cases
desk-to-case = Back to the case

## The list

desk-list = Cases
desk-more = More at the desk
desk-filter = Which cases
desk-filter-live = Being worked on
desk-filter-mine = Mine
desk-filter-closed = Closed
desk-total = { $count ->
    [one] 1 case
   *[other] { $count } cases
}
desk-empty = Nothing is waiting here
desk-empty-text = When a report comes for you, it appears here, and you get an e-mail that says only that there is something to read.
desk-next-page = Older cases
desk-first-page = Back to the newest
desk-owner = With { $name }
desk-owner-label = With
desk-owner-nobody = nobody yet
desk-received = Came { $at }
desk-received-label = Came
desk-next = Next
desk-urgent = Urgent
desk-late = Late.
desk-paused = Paused
desk-due-open = Open it: due { $at }
desk-due-contact = Write to the reporter: due { $at }
desk-due-decision = Decide: due { $at }
desk-due-review = Look at it again: due { $at }
desk-now-open = Open it now
desk-now-contact = Write to the reporter now
desk-now-decision = Decide now
desk-now-review = Look at it again now
desk-overdue-open = Open it: was due { $at }
desk-overdue-contact = Write to the reporter: was due { $at }
desk-overdue-decision = Decide: was due { $at }
desk-overdue-review = Look at it again: was due { $at }
desk-new-messages = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
}
desk-waits-for-check = This waits for your check
desk-waits-for-check-text = Somebody asks you, as a second person, to look at it before it closes. At the end of this page you can agree, or send it back with questions.
desk-done-conflict = Thank you. The case is not on your desk any more, and somebody else has been told.

desk-alerts = Please look after
desk-alert-mail = { $count ->
    [one] One e-mail could not be sent. Please ask whoever runs the program to check the mail settings.
   *[other] { $count } e-mails could not be sent. Please ask whoever runs the program to check the mail settings.
}
desk-alert-to-mail = See the mail
desk-alert-contacts = { $count ->
    [one] One contact on “Get help now” has not been checked in time.
   *[other] { $count } contacts on “Get help now” have not been checked in time.
}
desk-alert-to-contacts = See the contacts
desk-alert-no-cover = No lead is here today. New reports go to the independent recipient, if there is one.
desk-alert-no-alternate = There is no alternate lead yet. Reports about the lead, or while the lead is away, have one reader less.
desk-alert-no-independent = There is no independent recipient yet. A report that names the leads can't reach anybody.
desk-alert-to-team = See the team

## Where a case stands

desk-state-received = New
desk-state-triage = Being looked at
desk-state-advice_given = Advice given
desk-state-signposted = Pointed to others
desk-state-open = Open
desk-state-transferred = Handed over
desk-state-learning_only = Kept for learning
desk-state-action = Plan under way
desk-state-monitoring = Watching
desk-state-closing_review = Being checked
desk-state-closed = Closed

desk-level-immediate = Level 1: immediate
desk-level-high = Level 2: high
desk-level-medium = Level 3: medium
desk-level-low = Level 4: low or learning
desk-level-good_practice = Level 5: good practice
desk-level-advice = Advice

desk-role-lead = designated lead
desk-role-alternate = alternate lead
desk-role-sponsor = independent recipient (sponsor)
desk-role-university = host university
desk-role-caseworker = caseworker
desk-role-administrator = administrator, reads no cases

desk-standing-active = Can read it.
desk-standing-standby = Holds a key for cover, and does not see it now.

## Before a report is opened

desk-case = Case { $reference }
desk-before = Before you open it
desk-before-text = Nobody reads a case that they are part of, or close to. These are the people and the activity that the report names.
desk-before-people = People named
desk-before-nobody = Nobody is named.
desk-before-activity = Activity
desk-before-no-activity = No activity is named.
desk-before-what = Are you one of them, or close to one of them as a relative, partner, friend, manager or in business? Were you there?
desk-before-none = I have no conflict. Open it
desk-before-conflict = I have a conflict
desk-before-trace = What you choose is recorded with your name and the time.
desk-before-not-lead = A lead opens this case first.
desk-before-changed = Somebody else was here a moment ago. This is how it is now.
desk-before-missing = Please say that you have no conflict, or that you have one.

## A case

desk-jump = On this page
desk-jump-first = First
desk-done = Recorded.
desk-done-write = Your message is sent.
desk-done-share = The case is shared.
desk-case-danger = Danger
desk-case-wishes = What the person wants
desk-case-must-not = What must not happen
desk-case-consent = What they agree to
desk-case-contact = Reaching them safely
desk-case-access = Access needs
desk-case-fear = Fear of being treated badly for telling us
desk-case-safe = How safe they are now
desk-case-account = Their account
desk-case-answers = Other answers
desk-case-people = People
desk-case-connection = How they are connected
desk-case-files = Files
desk-case-messages = Messages
desk-case-history = What was done
desk-case-readers = Who can read this
desk-case-trace = Trace of this case
desk-case-actions = What you can do now
desk-ways-steps = Take a step
desk-ways-talk = Write
desk-ways-wider = Look at the work
desk-ways-readers = Who may read it
desk-ways-copies = Copies and keeping
desk-ways-record = The record
    .about = What the person wants to come of it, actions, decisions, contacts, support and safety plan.
desk-ways-duties = Others outside who may have to know
    .about = Which bodies to consider and why, what was decided, and by when.
desk-nothing-said = Nothing was said about this.
desk-said-before = Before: { $question }
desk-wishes-changed = What they want now
desk-must-not-changed = What must not happen, as they say now
desk-note-not-called = They spoke of danger now, and emergency services had not been called when they wrote. If somebody may still be in danger, call 999 first.
desk-note-under-18 = Someone under 18 may be affected. { $name } must know today.
desk-note-withdraw = They asked to withdraw the report ({ $at }). Please answer them. Nothing is deleted by it.
desk-note-consent-all = They took back their agreement to sharing with anybody ({ $at }).
desk-note-consent = They took back their agreement to sharing with { $with } ({ $at }).
desk-note-no-contact = They asked us not to contact them. Messages here wait until they come back by themselves.
desk-note-messages-only = No way to reach them was given. Write here: they read it when they come back with their words.
desk-note-may-email = They said that e-mail is safe. We send only that there is news, never what it is.
desk-identity-named = They gave their name openly.
desk-identity-confidential = Their name stays with the leads. Ask them before you tell it to anybody.
desk-identity-anonymous = They want to stay unknown. Please do not try to find out who they are.
desk-account-seen = What they saw, heard or went through
desk-account-said = What others said
desk-account-thought = What they think about it
desk-account-unsure = What they are unsure of
desk-account-ask = What they ask
desk-account-learning = What went well, and what should change
desk-account-none = They did not write an account. They may rather tell a person.
desk-account-note = This may be hard to read. Open each part when you are ready, and take a break when you need one.
desk-account-note-topics = This may be hard to read. It speaks of: { $topics }. Open each part when you are ready, and take a break when you need one.
desk-old-form = The form has changed since. The questions are shown as they were asked.
desk-item = { $name } { $number }
desk-row = { $row }: { $answer }
desk-somebody-gone = somebody who has left
desk-the-reporter = The reporter
desk-the-program = the program
desk-messages-none = Nobody has written yet.
desk-message-seen = read { $at }
desk-message-unseen = not read yet
desk-message-new = new
desk-message-wishes = They changed what they want
desk-message-consent = They took back their agreement to sharing
desk-message-confidential = They want to be confidential from now on
desk-message-withdraw = They ask to withdraw the report
desk-history-none = Nothing has been recorded yet.
desk-readers-note = Everybody with a key is listed. Nobody else can open this case, whatever their role.
desk-trace-note = Each opening leaves a mark that can't be taken out.
desk-look-after = Reading this can stay with you. Talk to another lead or to your own support, and take the break that you need.

desk-files-note = Nothing is shown until you choose it. “Show” and “Save” use a copy without hidden data about place, device and author, where we can take it out.
desk-file-about = { $kind }, { $size }
desk-file-about-unclean = { $kind }, { $size }. May still hold where and when it was made.
desk-file-image = Picture
desk-file-audio = Sound
desk-file-video = Film
desk-file-pdf = PDF
desk-file-text = Text
desk-file-show = Show
desk-file-save = Save a copy
desk-file-original = Save the original
desk-show = File
desk-show-image = The picture that was sent
desk-show-not-clean = We could not take all hidden data out of this file. It may still hold where, when and with what it was made, and by whom.
desk-show-other = This kind can't be shown here. Save a copy and open it with another program, away from others' eyes.
desk-original = The file as it was sent
desk-original-text =
    The original is kept as evidence. It may hold the place, the time, the device and names, also of people who did not mean to tell them.

    - Save it only where nobody else can open it, and delete it when you no longer need it.
    - It came from somebody whom we may not know. Open it with care.
    - Saving it is recorded in the trace.

    For reading, the copy is enough.
desk-original-save = Save the original

## Actions

desk-do-begin = Open a new report
    .about = Say that you have no conflict, and open it.
desk-do-give_advice = Record advice
    .about = It was a question, and you have answered it.
desk-do-signpost = Point to others
    .about = It is not about our activity. Show them who can help.
desk-do-take_on = Take it on
    .about = Set the level, and note what the person wants and agrees to.
desk-do-transfer = Hand over
    .about = Somebody outside takes it, such as the children's route, the council or the university.
desk-do-learn_only = Keep for learning
    .about = Nobody needs protection. A second person agrees.
desk-do-plan = Agree a plan
    .about = Who does what by when, with support for everybody.
desk-do-monitor = Plan done: watch
    .about = The plan is done. Watch whether it holds.
desk-do-ask_to_close = Ask to close
    .about = A second person checks it before it closes.
desk-do-close = Agree to close
    .about = You have checked it as the second person.
desk-do-send_back = Send back
    .about = Something is open still. Ask, and it goes back.
desk-do-reopen = Open again
    .about = New facts, a request or a check.
desk-do-pause = Pause
    .about = The police or another body asks us to wait.
desk-do-resume = Go on
    .about = The reason for waiting has ended.
desk-do-set_level = Change the level
    .about = How soon it must be looked at.
desk-do-note = Add a note
    .about = For the file. The reporter does not see it.

desk-did-begin = Opened, with no conflict
desk-did-give_advice = Advice was given
desk-did-signpost = Pointed to others
desk-did-take_on = Taken on
desk-did-transfer = Handed over
desk-did-learn_only = Kept for learning
desk-did-plan = A plan was agreed
desk-did-monitor = The plan is done, and somebody watches
desk-did-ask_to_close = A check before closing was asked for
desk-did-close = Closed after a check
desk-did-send_back = Sent back with questions
desk-did-reopen = Opened again
desk-did-pause = Paused
desk-did-resume = Gone on
desk-did-set_level = The level was changed
desk-did-note = A note was added
desk-did-share = Shared with { $name }
desk-did-exclude = Somebody was excluded, and the case has a new key

desk-beside = What they said
desk-record = Record it
desk-not-now = Not now
desk-changed = Somebody changed this case since you looked. Nothing is recorded yet, and what you typed is below. Look at what changed, then send it again.
desk-changed-look = See the case as it is now (opens a new tab)
desk-refused = This can't be done now
desk-refused-back = Back to the case
desk-refused-typed = It was not recorded. You can copy it from here, for example into a note.
desk-refused-state = “{ $action }” does not fit a case that is “{ $state }”. Somebody may have moved it on. Go back and see what can be done now.
desk-refused-paused = “{ $action }” has to wait: the case is paused. Choose “Go on” first, when the reason for waiting has ended.
desk-refused-not-paused = The case is not paused, so there is nothing to resume.
desk-refused-role = “{ $action }” is for a lead. Please ask one.
desk-refused-second = Nobody closes what they decided alone. Somebody who neither owns this case nor asked to close it has to check it.

desk-error-missing = Fill in “{ $field }”
desk-error-too-long = “{ $field }” can hold up to 20,000 characters. Please shorten it
desk-error-choice = Choose one answer to “{ $field }”
desk-error-date = “{ $field }” needs a day that exists, such as 27 3 2027
desk-error-not-all = Tick each box of “{ $field }” once you have checked it

desk-field-no_conflict = I have no conflict
desk-field-question = What they asked
desk-field-advice = What you answered
desk-field-follow_up_on = When you will ask how it went
desk-field-why_unrelated = Why it is not about our activity
desk-field-stop_checks = Four checks before you point elsewhere
    .hint = Tick each once you have thought it through. If one of them is true, do not point elsewhere: take it on or hand it over.
desk-field-contacts_offered = Contacts that you offered
    .hint = Which ones, and nothing more.
desk-field-help_to_reach = Did they want help to reach them?
desk-choice-help_to_reach-wanted = Yes
desk-choice-help_to_reach-not_wanted = No, they would rather do it themselves
desk-choice-help_to_reach-not_asked = I could not ask
desk-field-level = Level
desk-field-level_reason = Why this level
desk-field-wishes = What the person wants
    .hint = In their own words, as far as you can.
desk-field-consent = What they agreed to
    .hint = And with whom nothing may be shared.
desk-field-safe_now = How safe they are now
desk-field-safety_notes = Notes on safety
desk-field-to_whom = To whom
desk-field-receipt_confirmed = How you know that it arrived
desk-field-still_ours = What we still do
desk-field-why_no_protection = Why nobody needs protection
desk-field-second_check = Who checked this, when, and what they said
desk-field-plan = The plan
    .hint = Each step, who does it, and by when.
desk-field-persons_view = What the affected person says about it
    .hint = If you could not ask, write why.
desk-field-support = Support
    .hint = For the affected person, the reporter and the person of concern.
desk-field-review_on = When it is looked at again
desk-field-done = What was done, and what was not
desk-field-outcome = Was what they wanted achieved?
desk-field-outcome_notes = More about the outcome
    .hint = For each wish. Do they feel safer? Were they listened to? Would they tell us again?
desk-field-external_decisions = Bodies outside
    .hint = For each one: was it needed, what was decided and why, and what they answered.
desk-field-candour = What we told the people concerned, openly
desk-field-learning = What we learn
desk-field-checked = I have checked
desk-field-check_notes = Notes on your check
desk-field-questions = Your questions
desk-field-reopen_reason = Why it is opened again
desk-field-reason = Reason
desk-field-asked_by = Who asks us to wait
desk-field-stays_in_place = What stays in place meanwhile
    .hint = Above all what keeps people safe.
desk-field-decision = Decision
desk-field-options_considered = Other ways that you considered
desk-field-reasons = Reasons
desk-field-relied_on = Information that you relied on
desk-field-followed = Does it follow what the person wants?
desk-field-why_not_followed = If not, or only in part: why
desk-field-legal_basis = Law or policy that it rests on
desk-field-proportionality = Why it is no more than is needed
desk-field-racism_and_power = Racism, discrimination and power: what you considered
desk-field-consulted = Whom you asked
desk-field-note = Note
    .hint = What happened: facts only.
desk-field-why = Reason
desk-field-text = Your message
    .hint = Warm and plain. Say who you are, what happens next and by when. Ask only what you need.

desk-choice-no_conflict-yes = I have no conflict
desk-choice-stop_checks-danger = Nobody is in danger now
desk-choice-stop_checks-child = No child is or may be harmed
desk-choice-stop_checks-others = Nobody else is at risk
desk-choice-stop_checks-serious_crime = No serious crime is or may be part of it
desk-choice-level-immediate = 1 Immediate
    .hint = Life or a child at risk, or serious crime now
desk-choice-level-high = 2 High
    .hint = Serious harm likely or going on, an imbalance of power, or fear of reprisal
desk-choice-level-medium = 3 Medium
    .hint = Harm happened, no present danger
desk-choice-level-low = 4 Low or learning
    .hint = A near miss, development, or little harm
desk-choice-level-good_practice = 5 Good practice
    .hint = Something that went well
desk-choice-level-advice = Advice
    .hint = A question
desk-choice-safe_now-safe = Safe
desk-choice-safe_now-mostly = Mostly safe
desk-choice-safe_now-not_sure = Not sure
desk-choice-safe_now-unsafe = Not safe
desk-choice-outcome-fully = Fully
desk-choice-outcome-partly = Partly
desk-choice-outcome-not = Not
desk-choice-outcome-not_wanted = They no longer want it
desk-choice-outcome-could_not_ask = We could not ask
desk-choice-checked-wishes = The person's wishes were asked and answered
desk-choice-checked-safety = Everybody concerned is as safe as can be
desk-choice-checked-external = Decisions about bodies outside are complete
desk-choice-checked-prevent_repeat = Something is done so that it does not happen again
desk-choice-checked-told = The people concerned were told
desk-choice-reopen_reason-new_facts = New facts
desk-choice-reopen_reason-request = Somebody asked
desk-choice-reopen_reason-audit = A check of closed cases
desk-choice-followed-yes = Yes
desk-choice-followed-partly = In part
desk-choice-followed-no = No

desk-offer = Choose contacts
    .hint = What you tick is written into the box below when you record it.
desk-offer-stale = (Not checked in time: try it before you give it.)

## Writing

desk-write = Write to the reporter
    .about = They read it with their words. No e-mail ever holds what you write.
desk-write-lede = They read this when they come back with their words. Nobody outside this case can.
desk-write-files = Files to send with it
desk-write-files-hint = Pictures, sound, film, PDF or plain text. Up to { $count } files of up to { $size } each. They get a copy without hidden data about place, device and author, where we can take it out; not so with film. You can leave this out.
desk-write-send = Send
desk-write-empty = Write something, or choose a file
desk-write-too-long = A message can hold up to 20,000 characters. Please shorten it, or send it in two parts
desk-write-cut = Not everything arrived. Please choose the files again and send it once more
desk-write-choose-again = Nothing is sent yet. Your words are here; please choose the files again.
desk-file-too-large = “{ $name }” is larger than { $limit }. Please choose a smaller file
desk-file-too-many = More than { $limit } files were chosen. Please send some of them with another message
desk-file-empty = “{ $name }” has nothing in it. Please choose another file
desk-file-kind = “{ $name }” is of a kind that we do not take. Pictures, sound, film, PDF and plain text are fine

## Who can read a case

desk-circle-share = Share or hand over
    .about = Give somebody in the team a key, such as a caseworker or another lead.
    .text =
        They can read everything in this case from now on, and are told by e-mail that there is something to read.

        Share with as few people as it needs, and only as the person agreed.
    .hint = What they are asked to do.
    .button = Share
desk-circle-exclude = Exclude somebody
    .about = For somebody who turns out to be part of it, or close to it.
    .text =
        What it does:

        - All their keys to this case are taken away. For them the case does not exist any more: not in lists, counts, mails or search.
        - The case gets a new key. What comes from now on is sealed so that they never could read it.
        - If it was with them, the next in order takes over and is told.
        - They can't undo it, and are not told of it. What they have already read can't be taken back.
    .hint = How they are part of it. Those who can read the case see this.
    .button = Exclude them
desk-circle-conflict = I have a conflict
    .about = You are part of it, or close to it. The case leaves your desk.
    .text =
        Thank you for saying so. From now on this case does not exist for you, and somebody else takes over. You can't undo it yourself.
    .hint = You can leave this out. Those who take over see it.
    .button = Take it off my desk
desk-circle-who = Who
desk-circle-nobody = There is nobody to choose. Invite somebody on the team page first.
desk-circle-who-missing = Choose somebody
desk-circle-why-missing = Write a reason
desk-circle-why-too-long = A reason can hold up to 20,000 characters. Please shorten it
desk-circle-excluded = They may not read this case
desk-circle-no-key = They have not joined yet, so they have no key
desk-circle-role = This role reads no cases
desk-circle-nobody-left = Nobody would be left who could act on this case, so nothing was changed. Invite an independent recipient first, or phone the host university. What you typed is below.

## Trace

desk-trace-received = The report came
desk-trace-opened = Opened
desk-trace-file = A file was opened
desk-trace-wrote = A message was sent to the reporter
desk-trace-added = Something was added
desk-trace-returned = Came back and read
desk-trace-key = A new key was made
desk-trace-escalated = Brought to { $name }
desk-trace-exported = Exported
desk-trace-signed-in = Signed in
desk-trace-refused = A sign-in was refused
desk-trace-signed-out = Signed out
desk-trace-team = The team was changed
desk-trace-setting = A setting was changed
desk-trace-mail-again = A mail that did not arrive was sent again
desk-trace-mail-gone = A mail that did not arrive was let go

# Mail that did not arrive

desk-mail = Mail that did not arrive
desk-mail-none = There is none.
desk-mail-none-text = Every mail about cases on your desk was taken by the mail server, or is still tried.
desk-mail-lede = These are not tried again by themselves.
desk-mail-text = No mail says more than that there is something to read. What it told of is here on the desk in any case.
desk-mail-all = Try all of them again
desk-mail-again = Try again
desk-mail-stop = Stop trying
desk-mail-to-member = To { $name }, { $role }
desk-mail-to-reporter = To the reporter
desk-mail-to-nobody = To somebody who has left
desk-mail-about-reporter = There is something new to read in
desk-mail-about-new = A new report:
desk-mail-about-unopened = Nobody has opened it yet:
desk-mail-about-brought = A case that came to them:
desk-mail-about-shared = A case that was shared with them:
desk-mail-about-wrote = The reporter wrote in
desk-mail-about-check = A check before closing is asked for in
desk-mail-about-due = A target time is near or past in
desk-mail-about-invited = An invitation to join the team.
desk-mail-about-other = There was something new for them on the desk.
desk-mail-times = { $count ->
        [one] once
       *[other] { $count } times
    }
desk-mail-tried = Tried { $times }, last on { $at }
desk-mail-why-not-set-up = Mail is not set up.
    .help = Whoever looks after the server can set it up. Then try again.
desk-mail-why-settings = The settings for mail cannot be used.
    .help = Whoever looks after the server needs to look at them. Then try again.
desk-mail-why-address = The address cannot be written to.
    .help = Look at it on the page of the team. If it is the reporter’s, reach them in another way that they chose.
desk-mail-why-connect = The mail server did not answer.
    .help = If it works again, try again.
desk-mail-why-tls = The connection to the mail server is not private.
    .help = Nothing was sent. Whoever looks after the server needs to look at its certificate.
desk-mail-why-unreadable = The notice cannot be read.
    .help = Trying again does not help.
desk-mail-why-password = The mail server did not accept our name and password.
    .help = Whoever looks after the server needs to look at them. Then try again.
desk-mail-why-refused = The mail server says that nobody gets mail at this address ({ $code }).
    .help = Is the address right? If it is the reporter’s, reach them in another way that they chose.
desk-mail-why-full = Their mailbox is full ({ $code }).
    .help = Try again later, or tell them in another way that is safe.
desk-mail-why-other = The mail server would not take it ({ $code }).
    .help = Try again. If that does not help, ask whoever looks after the server.
desk-mail-done-again = It is tried again within a minute.
desk-mail-done-stop = It is off the list. Nothing more is sent.
desk-mail-done-unsafe = It was not sent: the reporter did not say that mail is safe for them. It is off the list.
desk-mail-done-link = Look at the address on the page of the team, and invite them again there: a new invitation has a new link.
desk-mail-done-gone = It is not on the list any more. Somebody else may have seen to it.
