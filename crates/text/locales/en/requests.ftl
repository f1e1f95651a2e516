# What people ask of what is kept of them (UK GDPR Articles 12 and 15 to 21). For those who respond.

requests-nav = Requests
requests-heading = Requests about what we keep
requests-trace = Something was done about a request
requests-about =
    Everybody whom we have written about can ask what we keep of them, the person of concern too. They need no reason and no form: a sentence in a message is enough, to anybody in the organisation.

    A request is answered within one month of the day it came, whoever it came to. Only those in the list of its readers know of it.
requests-new = Take a request down
    .button = Take it down
requests-new-about =
    Take it down on the day it comes. Ask for no more than you need to find what is about them, and to be sure who they are.

    Somebody else can ask for them, if they show that they may.
requests-open = Open
requests-none = Nothing is open.
requests-ended = Answered or taken back
requests-back = Back to the request

requests-state-open = To be answered
requests-state-identity = We asked on { $date } who they are
requests-state-clarity = We asked on { $date } what they mean
requests-state-checking = The answer waits for a second person
requests-state-agreed = The answer can be handed over
requests-state-ended = Ended
requests-due = Answer by { $date }
requests-was-due = The answer was due on { $date }
requests-received = It came on { $date }.
requests-counts-from = The month counts from { $date }, when they showed who they are.
requests-paused-days = { $count ->
    [one] { $count } day doesn't count, as we waited to hear what they mean.
   *[other] { $count } days don't count, as we waited to hear what they mean.
}
requests-extended = They were told that it takes up to two months more.
requests-may-extend = If it is complex, or they sent many, they can be told until { $date } that it takes up to two months more.
requests-alone = Only you can open this request. Give it to somebody else, or it is lost when you leave or lose your pass phrase.

requests-next = What can be done
requests-do-ask_identity = We asked them to show who they are
    .about = Only if there is real doubt. The month begins on the day that they show it. Ask for no more than you need: often something that only they would know is enough.
requests-do-ask_clarity = We asked what they mean
    .about = Only if we keep much about them, and need to know what they want. The days until they answer don't count. If they want all of it, they get all of it.
requests-do-heard = They answered that
    .about = Then the days count again.
requests-do-extend = We told them that it takes longer
    .about = Up to two months more, where the request is complex or they sent several. They are told within the first month, with the reason.
requests-do-answer = Write the answer
    .about = Somebody else looks at it before it is handed over.
requests-do-agree = Agree to the answer
    .about = You look at it as the second person. What is left out of each copy is checked in its case, by those who can open it.
requests-do-send_back = Send the answer back
    .about = Say what should change.
requests-do-release = It was handed over
    .about = This program sends nothing. You hand it over in the way they asked for, and note here how and when.
requests-do-withdraw = They took it back
    .about = Only if they say so themselves. Nobody may press them to.
requests-do-note = Note something
    .about = Such as how you searched, or what you agreed with them.
requests-do-give = Give it to somebody else too
    .about = They can then open all of this request. Those who are not to know of it are not in the list.

requests-did-take_down = The request was taken down
requests-did-ask_identity = They were asked to show who they are
requests-did-ask_clarity = They were asked what they mean
requests-did-heard = They answered
requests-did-extend = They were told that it takes longer
requests-did-answer = An answer was written
requests-did-agree = The answer was agreed to
requests-did-send_back = The answer was sent back
requests-did-release = The answer was handed over
requests-did-withdraw = The request was taken back
requests-did-note = A note was made
requests-did-give = It was given to somebody else
requests-did-look = What you found is kept. Nobody else sees it.
requests-entry = { $what }: { $who }, { $at }

requests-look = Look for them in your cases
    .button = Keep this
requests-look-text =
    You see each of your cases in which one of the names stands. Read the lines around it, and say whether it is about this person. A name alone can be somebody else's.

    What you say here is sealed for you alone. The others who know of the request see only whether you are done, and look in their own cases.
requests-look-names = Looked for:
requests-looked-through = { $count ->
    [one] { $count } case of yours was looked through.
   *[other] { $count } cases of yours were looked through.
}
requests-look-under-way = { $looked } of your { $of } cases were looked through so far. What is found is shown when all of them were.
requests-look-again = See how far it is
requests-look-not-begun = { $count ->
    [one] { $count } case was not looked through, as nobody has begun with it. Begin with it first.
   *[other] { $count } cases were not looked through, as nobody has begun with them. Begin with them first.
}
requests-look-cut = { $count ->
    [one] { $count } case has more in it than is searched. Look in it yourself.
   *[other] { $count } cases have more in them than is searched. Look in them yourself.
}
requests-look-left-out = { $count ->
    [one] { $count } case could not be searched. Look in it yourself.
   *[other] { $count } cases could not be searched. Look in them yourself.
}
requests-look-too-many = One of the names stands in so many cases that not all are shown. Look by search as well.
requests-look-not-searched = These can't be looked for, as they are too long or have no letter in them: { $names }. Look for them yourself.
requests-look-nothing = None of your cases has one of these names in it. They may be called something else there: by a role, or in a picture or a sound that can't be searched.
requests-found-by = Found by: { $names }
requests-mark = Is { $reference } about this person?
requests-mark-about = Yes
requests-mark-not = No
requests-mark-unsure = I am not sure
requests-look-done = I am done with my cases
    .hint = The others see that you are done, and nothing of what you found.

requests-pack = What they get
requests-pack-text =
    From each case that is about them, make a copy without what is about others. What is left out is picked in layers, each on a ground, and a second person checks each of them.

    Then write the answer. It tells them what is in the copies, and what the law asks to be told.
requests-pack-none = You have said of no case yet that it is about them.
requests-layers = Layers agreed to: { $agreed }. Waiting for a second person: { $waiting }.
requests-copy = The copy of { $who }, { $at }
requests-make-copy = Layers and copies of this case
requests-letter = The answer
requests-letter-print = The letter by itself, to print
requests-letter-not-agreed = A second person has not agreed to this letter. Don't hand it over yet.
requests-for-request = This copy is made for a request about what we keep.

requests-readers = Who knows of it
requests-readers-text = Each of them looks in their own cases. Nobody sees which cases others have.
requests-you = { $name } (you)
requests-looked = Done with looking since { $at }
requests-not-looked = Not done with looking
requests-kept-from = Not for: { $names }
requests-record = What was done

requests-not-for = Is there somebody who is not to know of it?
    .hint = Such as a person whom they are afraid of, or who is close to it. Whoever is named as the person is left out in any case. They get no key, and for them the request doesn't exist.
requests-error-yourself = You are named as the person, or chosen as somebody who is not to know. Ask somebody else in the team to take it down
requests-error-to-come = “{ $field }” is still to come: write the day it was
requests-changed = Somebody changed this request since you opened it. What you typed is still here.
requests-changed-look = See the request as it is now, in another tab
requests-refused-second = You wrote this answer, so somebody else looks at it.
requests-refused-late = They were to be told by { $date } that it takes longer. It is answered by then.
requests-refused-state = This can't be done as the request stands now. What you typed is still here.

desk-field-rights_right = What do they ask for?
desk-choice-rights_right-access = To know what we keep, and have a copy
    .hint = Subject access, Article 15
desk-choice-rights_right-correction = To have something put right
    .hint = Article 16. What others told us stays as they told it: add what is right.
desk-choice-rights_right-erasure = To have something erased
    .hint = Article 17. Often not all can be, but it is always answered.
desk-choice-rights_right-restriction = To have its use stopped for a time
    .hint = Article 18
desk-choice-rights_right-objection = To object to its use
    .hint = Article 21
desk-field-rights_who = Whose details are they?
    .hint = Their name, as they use it. We look for it.
desk-field-rights_names = Other names and spellings
    .hint = One in each line: earlier names, nicknames, initials, e-mail addresses, phone numbers.
desk-field-rights_asked_by = Who asks?
desk-choice-rights_asked_by-self = They do
desk-choice-rights_asked_by-with_authority = Somebody else, for them
desk-field-rights_authority = Who asks for them, and what shows that they may?
    .hint = Such as a letter that they signed. Only if somebody else asks.
desk-field-rights_identity = Do you know that it is them?
desk-choice-rights_identity-known = Yes, we know them
desk-choice-rights_identity-seen = Yes, they showed it
desk-choice-rights_identity-to_ask = There is real doubt: we ask
desk-field-rights_identity_how = How do you know?
    .hint = Keep no copy of a passport or a card: that you saw it is enough.
desk-field-rights_asks = What they ask, in their words
    .hint = A time, a matter, or all of it.
desk-field-rights_reach = How they can be reached safely, and in which form they want the answer
    .hint = Such as by post, in large print, or read out together.
desk-field-rights_received_on = Day it came
    .hint = The day it came to anybody in the organisation, not the day it reached you. For example, 27 3 2026.
desk-field-rights_asked = What did you ask them?
desk-field-rights_asked_on = Day you asked
desk-field-rights_heard = What did they answer?
desk-field-rights_heard_on = Day the answer came
desk-field-rights_because = Why does it take longer?
desk-choice-rights_because-complex = It is complex
desk-choice-rights_because-number = They sent several
desk-field-rights_reason = The reason, as you told them
desk-field-rights_told_on = Day you told them
desk-field-rights_outcome = What do they get?
desk-choice-rights_outcome-given = All that they asked for
desk-choice-rights_outcome-in_part = A part of it
desk-choice-rights_outcome-nothing_kept = We keep nothing about them
desk-choice-rights_outcome-refused = Nothing
desk-field-rights_ground = On which ground is something not given or done?
    .hint = Needed if they get a part of it, or nothing.
desk-choice-rights_ground-third_party = It is about somebody else as well
    .hint = Data Protection Act 2018, Schedule 2, paragraphs 16 and 17. Unless that person agrees, or it is reasonable without asking them.
desk-choice-rights_ground-serious_harm = Health details that would be likely to cause serious harm to somebody's health
    .hint = Schedule 3, paragraphs 5 and 6. First get the opinion of the right health professional, not older than six months.
desk-choice-rights_ground-privilege = Legal advice
    .hint = Schedule 2, paragraph 19
desk-choice-rights_ground-crime = It would get in the way of preventing or detecting crime
    .hint = Schedule 2, paragraph 2
desk-choice-rights_ground-regulatory = It would get in the way of a regulator that protects the public
    .hint = Schedule 2, paragraphs 7 to 12
desk-choice-rights_ground-unfounded = The request is manifestly unfounded or excessive
    .hint = UK GDPR Article 12(5). Rare, and ours to show. That somebody is difficult or angry is no reason.
desk-choice-rights_ground-other = Another ground in law
    .hint = Say which.
desk-field-rights_ground_why = Why does this ground hold here?
    .hint = For the second person, and for the regulator if they complain. Name the health professional and the day of their opinion, if you rely on one.
desk-field-rights_letter = The letter
    .hint = Plain, kind and whole. Put what stands in brackets into your own words, or take it out. Tell of no ground in a way that gives away what it protects.
desk-field-rights_checks = What you looked at
desk-choice-rights_checks-person = It goes to the right person, in a way that is safe for them
desk-choice-rights_checks-others = Nothing of it is about others, unless it may be
desk-choice-rights_checks-ground = What is held back has a ground that holds, or nothing is held back
desk-choice-rights_checks-letter = The letter is true, whole and easy to read
desk-field-rights_back = What should change?
desk-field-rights_how = How was it handed over?
desk-choice-rights_how-in_person = In person
desk-choice-rights_how-post = By post, to sign for
desk-choice-rights_how-secure = By a secure way online
desk-choice-rights_how-other = Another way
desk-field-rights_to = To whom?
desk-field-rights_released_on = Day it was handed over
desk-field-rights_released_note = Anything to note
    .hint = Such as who was with them, and what they said.
desk-field-rights_withdrawn = What did they say?
desk-field-rights_withdrawn_on = Day they said so
desk-field-rights_note = Your note
desk-field-rights_reader = To whom?
desk-field-rights_give_why = Why do they need it?

requests-letter-access =
    Dear { $who },

    You asked us on { $date } what { $organisation } keeps about you. Here is our answer.

    What you get: [say what is in the copies, and for which time. Or: we looked, and keep nothing about you.]

    What is not in it: [say what was left out and why, as far as that can be said. Or: nothing was left out.]

    Why we keep it: [to respond to worries about somebody's safety, and to support those involved.]

    What kinds of details they are: [your name and how to reach you, what was told to us, what we did.]

    Where we have them from: [you; others who told us something. We don't name people who spoke in confidence.]

    Who has had them: [those in our safeguarding team who worked on it; bodies outside, if any.] [Say if any are outside the United Kingdom, and how the details are protected there.]

    How long we keep them: [the time in our schedule, counted from the end.]

    No decision about you is made by a machine alone.

    You can ask us to put something right, to erase it, to stop using it for a time, or object to its use. If we got something wrong, tell us: you can complain to us, and we answer. You can also complain to the Information Commissioner's Office (ico.org.uk, 0303 123 1113), and go to court.

    {"["}Your name, and how to reach you. Offer to read it together, or to go through it by phone.]
requests-letter-other =
    Dear { $who },

    You wrote to { $organisation } on { $date }. You asked us: { $right }.

    What we did: [say what was changed, erased, stopped, or why it was not.]

    Whom we told: [if others had the details from us, and were told of the change.]

    If we did not do all that you asked for, the reason is: [say why.]

    You can complain to us, and we answer. You can also complain to the Information Commissioner's Office (ico.org.uk, 0303 123 1113), and go to court.

    {"["}Your name, and how to reach you.]
