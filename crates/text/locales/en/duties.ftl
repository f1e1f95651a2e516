# Duties outward: telling bodies outside. For those who respond.
# duty-body-<id>          a body; .what says what it is for
# duty-says-<id>          something that a lead may tick
# duty-field-<field>      what is recorded; .hint helps
# duty-<field>-<choice>   its choices

duty-heading = Telling bodies outside
duty-lede = Some bodies may have to be told, or can help. Here you see which to think of, and why. People decide, with the person affected where that is safe.
duty-sends-nothing = Safehold sends nothing to anybody. You do, and write down here what you did.
duty-summary = { $count ->
    [0] Nothing is open with bodies outside.
    [one] One thing is open with a body outside.
   *[other] { $count } things are open with bodies outside.
}
duty-open-link = Bodies to think of, and what was done
duty-open-heading = Before this case can close
duty-open-place = Say where the person affected is: it decides which body it is.
duty-open-undecided = { $body }: decide whether it is told.
duty-open-unsure = { $body }: it was left as “not sure”.
duty-open-unfinished = { $body }: it is to be told, and nobody has written down how that ended.
duty-open-before-closing = { $count ->
    [one] One thing is open with a body outside. Open “Telling bodies outside” on the page of the case: each body needs a decision with its reason, and an ending if it is told.
   *[other] { $count } things are open with bodies outside. Open “Telling bodies outside” on the page of the case: each body needs a decision with its reason, and an ending if it is told.
}
duty-recorded = Recorded.

## The case as a whole

duty-look-heading = Where the person is, and what may be so
duty-look-place = Where they are: { $place }
duty-look-open = Look at it, or look again
duty-look-about = The report does not ask everything that matters here. Tick what you know or have good reason to think. What you tick only brings a body to mind; it decides nothing.
duty-field-place = Where is the person affected?
    .hint = Where they are now, not where we are. Laws and bodies differ between the four nations, and so do bank holidays.
duty-place-england = England
duty-place-wales = Wales
duty-place-scotland = Scotland
duty-place-northern_ireland = Northern Ireland
duty-place-elsewhere = Outside the United Kingdom
    .hint = Look up who protects people there.
duty-place-not_sure = We do not know
    .hint = Then clocks run on the shortest time.
duty-field-says = Is, or may, any of this be so?
    .hint = Tick each that may be. Leave the rest.
duty-field-note = What you base this on
duty-says-three_part_test = An adult with needs for care and support is being harmed or may be, and can't keep themselves safe because of those needs
    .hint = The care can be unpaid or not there at all. When you are unsure, ask the council for advice without a name.
duty-says-council_care = Care that a council or health body pays for or arranges is part of it
duty-says-crime = A crime may have happened, or may be about to
duty-says-child_harm = Someone under 18 is or may be harmed, also by living with it
duty-says-works_with_children = Somebody who works or volunteers with children may have harmed a child, or may be a risk to children
duty-says-removed = Somebody was taken off work with children or adults at risk (“regulated activity”), or left before that could happen
duty-says-domestic_high_risk = Harm by a partner or relative, and a risk checklist by somebody trained shows high risk
duty-says-trafficking = Somebody is made to work, serve or be sexual for others, or is moved or kept for that
duty-says-extremism = A real worry that somebody is being drawn toward terrorism
    .hint = Never an opinion that the law allows, and never a faith. Talk it over first.
duty-says-professional = Somebody with a registered profession may not be safe to practise
    .hint = Such as a doctor, nurse, social worker, teacher, therapist or solicitor.
duty-says-student = A student was harassed, or met sexual misconduct
duty-says-university_student = A student of the university is in it, in whatever part
duty-says-university_employee = Somebody who works for the university is in it, in whatever part
duty-says-staff_harassed = A member of staff was sexually harassed, by anybody
duty-says-charity = It is a serious incident for a charity
    .hint = Ours through the university, or a partner's own.
duty-says-registration = It could touch the university's registration as a provider
duty-says-data_breach = Personal information was lost, seen or sent where it should not be
duty-says-work_injury = Somebody was hurt through work, or taken to hospital from our activity
    .hint = Suicide is not counted here. Violence between people at work can be.
duty-says-contract = A contract, grant, policy or insurance asks us to tell somebody
duty-says-death = Somebody has died or was badly hurt, and bodies could have worked together better

## The list

duty-bodies-heading = Bodies to think of
duty-bodies-none = Nothing that was said brings a body to mind. You can still choose one below.
duty-place-asked = More than one is shown because nobody has said where the person is.
duty-why = Why it is shown
duty-why-answer = The report: { $question } { $answer }
duty-why-says = You ticked: { $says }
duty-why-level = The level is { $level }
duty-others = Other bodies
duty-others-about = Nothing that was said brings these to mind. Open one if you think of it for another reason.
duty-rules-checked = Your organisation last compared these rules with the law on { $date }.
duty-rules-unchecked = Your organisation has not compared these rules with the law yet. Look a rule up before you rely on it.
duty-stands-undecided = Not decided yet
duty-stands-not-sure = Not sure yet
duty-stands-not-required = Not told, with a reason
duty-stands-required = To be told
duty-stands-sent = Told
duty-stands-replied = Answered
duty-stands-ended = Finished
duty-due-tell = To be told by { $at }
duty-due-answer = To be asked again by { $at }

## One body

duty-within-label = By when
duty-within = { $time } { $from }
duty-within-at-once = At once.
duty-within-same-day = On the same working day.
duty-within-hours = { $count ->
    [one] Within one hour, day or night.
   *[other] Within { $count } hours, day or night.
}
duty-within-days = { $count ->
    [one] Within one day.
   *[other] Within { $count } days, weekends counted.
}
duty-within-working-days = { $count ->
    [one] Within one working day.
   *[other] Within { $count } working days.
}
duty-within-none = There is no general time. Look up what the contract or policy says, and set a day.
duty-limit-law = The law says so.
duty-limit-guidance = Published guidance says so.
duty-limit-practice = No law gives a number here; this is what safeguarding people usually do.
duty-decides-label = Who decides
duty-decides-anyone = Whoever is there, without asking anybody first
duty-decides-lead = The lead
duty-decides-lead_with_person = The lead with the person affected, who usually chooses
duty-decides-lead_with_people_team = The lead with the people team
duty-decides-lead_with_service = The lead, through a specialist service
duty-decides-lead_with_sponsor = The lead with the sponsor
duty-decides-children = The lead for children
duty-decides-university = The host university's governance
duty-decides-university_people = The host university's people team with the lead
duty-decides-university_prevent = The host university's Prevent lead with the lead
duty-decides-university_safety = The host university's safety team
duty-decides-data_protection = The data protection officer
duty-decides-project = The project's lead with the safeguarding lead
duty-rests-on-label = What it rests on
duty-tag-S = From the collective's statement.
duty-tag-P = Looked up in published law or guidance.
duty-tag-K = Knowledge of the field: look it up before you rely on it.
duty-entries = What was recorded
duty-entries-note = Newest first. Nothing here is ever changed: a later entry takes the place of an earlier one, and both stay.
duty-do-decide = Decide whether it is told
    .about = Write down yes, no or not sure, why, and what the person says about it.
duty-do-decide-again = Decide again
duty-do-sent = Write down that it was told
    .about = What you passed on, how and to whom. Add a copy of what you sent: it is sealed like everything else.
duty-do-reply = Write down its answer
    .about = What it said or sent. You can set a day to look again.
duty-do-end = Write down how it ended
    .about = Nothing more is to be done with this body.
duty-do-draft = Make a draft to copy or print
duty-decided-before = What was decided last
duty-refused-state = Nothing is recorded about bodies outside while a case is “{ $state }”.
duty-refused-not-decided = Decide first that this body is told, and why.
duty-refused-ask-first = Ask the person first. If that is not safe, or something outweighs it, decide again and write that down.
duty-refused-nothing-sent = Nothing was passed on to this body yet, so it has nothing to answer.
duty-refused-ended = This was finished. If something is new, decide again.

## What is recorded

duty-did-look = Bodies outside: the case was looked at as a whole
duty-did-required = { $body }: to be told
duty-did-not_required = { $body }: not to be told
duty-did-not_sure = { $body }: not sure yet
duty-did-sent = { $body }: told
duty-did-reply = { $body }: answered
duty-did-end = { $body }: finished
duty-field-need = Is this body to be told?
duty-need-required = Yes
duty-need-not_required = No
duty-need-not_sure = Not sure yet
    .hint = The case stays open for this until somebody decides.
duty-field-reason = Why
duty-field-decided_by = Who decides
    .hint = By name. It may be somebody else than you, such as the university.
duty-field-consent = What does the person affected say?
    .hint = Ask before you tell, wherever that is safe. They can know what you would say, to whom, and why.
duty-consent-given = They agree
duty-consent-refused = They do not agree
duty-consent-not_yet = Not asked yet
    .hint = You can decide now. Before it is told they are asked, or you write down what outweighs that.
duty-consent-unsafe = To ask could put somebody in danger
duty-consent-not_reached = They could not be reached
duty-consent-not_needed = Nothing that points to a person is passed on
duty-field-grounds = If they do not agree or can't be asked: what outweighs that?
    .hint = Tick each that is so. Without one, nothing is passed on.
duty-grounds-life = A life is at risk
duty-grounds-others = Others could be seriously hurt
duty-grounds-child = A child is or may be harmed
duty-grounds-duress = They are under pressure from somebody
duty-grounds-capacity = They can't decide this now, even with support
duty-grounds-serious_crime = A serious crime
duty-grounds-law = A law says that it must be told
duty-field-consent_note = More about that
    .hint = What they said in their own words, or why it weighs more. Needed if you go on without their agreement.
duty-field-starts = From when does the clock run?
duty-starts-report = From when the report came: { $at }
duty-starts-now = From now
duty-starts-day = From the beginning of another day
duty-field-starts_on = Which day
    .hint = Only if you chose another day. For example 27 3 2026.
duty-field-due_on = Another day by which it is told
    .hint = Only if the usual time does not fit.
duty-clock-from = Clock from
duty-clock-until = To be told by
duty-field-sent_on = When was it told?
duty-field-how = How
duty-how-phone = By telephone
duty-how-online_form = In their online form
duty-how-email = By secure e-mail
duty-how-post = By post
duty-how-in_person = In person
duty-how-by_others = Through somebody else, such as the university
duty-field-sent_by = Who told them
duty-field-sent_to = Whom you spoke or wrote to
    .hint = The person and team.
duty-field-what = What was passed on
    .hint = Only what they need. If a copy is added, a line is enough.
duty-field-files = Copies
duty-field-reference = Their reference
duty-field-reply_by = By when you expect an answer
    .hint = You are reminded after that day.
duty-field-show = Show the reporter that this body was told?
    .hint = Only if it is safe, and they have been asked. Nobody is shown it by itself.
duty-show-no = No
duty-show-yes = Yes, as a message in your words below
duty-field-message = The message
    .hint = Sent only if you chose yes.
duty-message =
    On { $date } we told: { $body }.

    We told them only what they need. If you have a question about this, or see it differently, please write to us here.
duty-field-reply_on = When did they answer?
duty-field-reply = What they said
duty-field-again_on = When you look at it again
    .hint = You are reminded after that day.
duty-field-outcome = How did it end?
duty-outcome-they_act = They act on it
duty-outcome-done = They have done what they do
duty-outcome-they_do_not = They do nothing about it
    .hint = If you think that they should, ask again, or ask somebody above them, before you finish.
duty-outcome-known_already = They knew it already, from somebody else
duty-outcome-nothing_sent = Nothing was passed on after all
duty-field-why = More about it
duty-error-missing = Fill in “{ $field }”
duty-error-too-long = “{ $field }” can hold up to { $max } characters. Please shorten it
duty-error-choice = Choose one of the answers to “{ $field }”
duty-error-date = “{ $field }” needs a day that exists, such as 27 3 2027
duty-error-not-yet = “{ $field }” needs a day that is not after today
duty-error-past = “{ $field }” needs a day that is not before today
duty-error-no-ground = Tick what outweighs it, or choose “Not asked yet” and ask them

## A draft

duty-draft-heading = Draft: { $body }
duty-draft-lede = Filled in from the report. Click into a part to change it, then copy or print it.
duty-draft-less = Give no more than they need. Take out names, places and details that do not matter to them.
duty-draft-kept = What you change here is not kept. Leaving the page takes it away.
duty-draft-then = When you have told them, write that down, and add a copy of what you sent.
duty-draft-made = Made on { $at } by { $name }, { $organisation }.
duty-draft-reference = Our reference: { $reference }
duty-draft-said = { $question } { $answer }
duty-draft-who = Who is affected
    .hint = Only the people whom this body can help or protect.
    .empty = (Nobody is named.)
duty-draft-name-held = (The lead holds the name. Ask the person before you give it.)
duty-draft-name-unknown = (The person wants to stay unknown.)
duty-draft-contact = How to reach them safely
    .hint = Agree with them which way and which times this body may use.
    .empty = (Agree this with the person first.)
duty-draft-concern = Who is said to have caused it
    .hint = What was said is not yet proved. Leave out anybody who only was there.
    .empty = (Nobody is named.)
duty-draft-what = What happened
    .hint = These are the person's own words. Shorten them: what, when, where. Keep what was seen apart from what is thought.
    .empty = (Write it in a few sentences.)
duty-draft-safety = How safe people are now
    .hint = Say what has been done already to keep people safe.
    .empty = (Write what you know.)
duty-draft-wants = What the person wants
    .hint = In their words, as far as you can.
    .empty = (Ask them, or write why you could not.)
duty-draft-consent = What the person agrees to
    .hint = If they do not agree, say what outweighs it, and that they know or why they do not.
    .empty = (Decide first whether this body is told: what the person says is written down there.)
duty-draft-back = Back, to write down that it was told

## What is due

duty-due-heading = Bodies outside, by date
duty-due-lede = By when bodies are to be told, or asked again, in all cases on your desk. Which body it is you see in the case.
duty-due-none = Nothing is due.
desk-due-outward = Tell or ask a body outside: due { $at }
desk-overdue-outward = Tell or ask a body outside: was due { $at }
duty-alert-late = { $count ->
    [one] One body outside should have been told, or asked again, by now.
   *[other] { $count } bodies outside should have been told, or asked again, by now.
}
duty-alert-link = See them by date
duty-holidays-until = Bank holidays are known until { $date }. For clocks that end later, look at the calendar yourself.
duty-holidays-over = The list of bank holidays ended on { $date }. Until there is a newer one, working days are counted without them: look at the calendar yourself, and ask whoever runs the program for an update.

## Bodies

duty-body-emergency = Emergency services, 999
    .what = For danger to life or a crime that is happening now. Whoever is there calls, without asking anybody first.
duty-body-police = Police
    .what = For a crime that may have happened. Call 101 or report online; 999 if somebody is in danger.
duty-body-adults_england = The council's adult safeguarding team
    .what = The council where the person is must look into harm to an adult with care needs who can't keep themselves safe.
duty-body-adults_wales = The council's adult safeguarding team (Wales)
    .what = The council where the person is must make enquiries about an adult at risk.
duty-body-adults_scotland = The council's adult protection team (Scotland)
    .what = The council where the person is must make inquiries about an adult at risk of harm.
duty-body-adults_northern_ireland = The Adult Protection Gateway of the health and social care trust
    .what = The trust where the person is looks into harm to an adult at risk.
duty-body-children = Children's social care
    .what = The council or trust where the child is. Call 999 if a child is in danger now.
duty-body-lado = The council's designated officer (LADO)
    .what = Looks into worries about people who work or volunteer with children.
duty-body-barring = Disclosure and Barring Service
    .what = Decides whether somebody may go on in regulated activity. Those who provide that activity must tell it as soon as both conditions are met, without waiting for anything else. Other bodies may only be able to tell the police, the council or the university.
duty-body-barring_scotland = Disclosure Scotland
    .what = Keeps the lists of the PVG scheme.
duty-body-charity_regulator = The charity regulator
    .what = The Charity Commission, OSCR in Scotland, or the Charity Commission for Northern Ireland. Most universities in England are exempt: a collective inside one tells the university. A partner charity has a duty of its own.
duty-body-ofs_event = Office for Students: reportable event
    .what = For what could touch the university's registration. The university tells it.
duty-body-host_university = Host university
    .what = Whether its own procedures apply to its employee or student is for the university to decide. Tell it on the same day that somebody of it is in a case. Say no more than it needs to decide that.
duty-body-ofs_students = Host university: student cases
    .what = The university has to handle harassment and sexual misconduct that students meet fairly, with support. Tell it on the same day; it is not a report of each case to the regulator.
duty-body-prevent = Prevent, through the host university
    .what = Help for somebody who may be drawn toward terrorism. Only after talking it over.
duty-body-data_breach = Information Commissioner
    .what = For a breach of personal data that may put people's rights at risk. The 72 hours run from when we knew. The people concerned are told too if the risk is high. Every breach is noted.
duty-body-injury = Health and Safety Executive (RIDDOR)
    .what = For deaths and certain injuries through work. In Northern Ireland it is HSENI. Told without delay, and reported within the time.
duty-body-professional_body = A professional regulator
    .what = Such as the GMC, NMC, HCPC, Social Work England, SRA or TRA, when somebody may not be safe to practise.
duty-body-contract_party = Funder, commissioner, insurer or ombudsman
    .what = When a contract or policy asks for it.
duty-body-slavery = National Referral Mechanism, through a first responder
    .what = Support for people who are made to work or serve. The council, the police or certain charities refer; an adult has to agree.
duty-body-domestic_conference = Multi-agency conference on domestic abuse (MARAC)
    .what = Brings services together when the risk is high. A specialist service brings it there.
duty-body-adults_review = Safeguarding Adults Board
    .what = Decides whether to review what could be learned when somebody died or was badly hurt.
duty-body-employer = Host university: duty to staff
    .what = An employer has to prevent sexual harassment of its staff, also by people who are not staff.
