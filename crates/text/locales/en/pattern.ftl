# How cases belong together: links, what several cases show together, and what returns in other cases.

pattern-way = What belongs together
    .about = Link this case with others, and see what happened when in all of them.
pattern-tag = { $count ->
    [one] Linked with 1 case
   *[other] Linked with { $count } cases
}
pattern-trace = Said how cases belong together

pattern-heading = What belongs together
pattern-about = Harm is often many small things, done by the same person, in the same place or to the same group. Here you link this case with others, and see all of them on one time line.
pattern-no-level = No level yet

pattern-together = Taken together
pattern-together-text = This case now has the level “{ $level }”. With the cases that it is linked with, this speaks for another look at it:
pattern-together-note = The program changes no level. You look at all of it, decide, and write why.
pattern-weight-unsafe = { $count ->
    [one] In one of them somebody does not feel safe.
   *[other] In { $count } of them somebody does not feel safe.
}
pattern-weight-repeat = { $count ->
    [one] The same person, place, activity or group returns in 1 other case.
   *[other] The same person, place, activity or group returns in { $count } other cases.
}
pattern-weight-small = Each of these { $count } cases alone is of medium or low level. Several small things together can be one great harm.
pattern-weight-closer = They come closer together: the time between the last two is shorter than before.
pattern-weight-ongoing = { $count ->
    [one] In one of them it goes on, or happened more than once.
   *[other] In { $count } of them it goes on, or happened more than once.
}
pattern-weight-several = { $count } different people are named as affected.
pattern-weight-racism = { $count ->
    [one] Racism or discrimination was, or may have been, part of one of them.
   *[other] Racism or discrimination was, or may have been, part of { $count } of them.
}
pattern-weight-power = { $count ->
    [one] In one of them a person of concern has power or trust, or works with other people too.
   *[other] In { $count } of them a person of concern has power or trust, or works with other people too.
}

pattern-links = Linked cases
pattern-links-none = This case is linked with no other case that you may open.
pattern-earlier = What was said of this link before
pattern-ended = Links that were ended
pattern-note-linked = Linked by { $by }, { $at }: { $ties }
pattern-note-unlinked = Ended by { $by }, { $at }
pattern-note-apart = Set apart by { $by }, { $at }
pattern-tie-person = The same person
pattern-tie-place = The same place
pattern-tie-activity = The same activity
pattern-tie-group = The same group of people
    .hint = For example, people who are affected by the same racism.
pattern-tie-follow_on = One follows from the other
    .hint = Or both tell of the same thing.
pattern-tie-other = Something else
pattern-through = Linked through { $reference }

pattern-time = What happened when
pattern-time-text = Times are as people gave them. What was told without a date stands beside the day on which it was told.
pattern-picture = The time line as a picture: a row for each case, from the first day to the last. The table below says the same in words.
pattern-picture-signs = A filled circle: it happened. A hollow circle: it was noticed. A square: it was told to us. What has no date is only in the table.
pattern-when = When
pattern-what = What
pattern-case = Case
pattern-no-date = as they put it
pattern-line-happened = It happened
pattern-line-noticed = It was noticed
pattern-line-told = It was told to us
pattern-cases = What each case tells
pattern-cases-text = What was chosen in the reports, and what the first look says. Nobody's account is here: open the case to read it.
pattern-this-case = this case
pattern-affected = Named as affected: { $names }
pattern-seen-racism = The first look on racism and discrimination: { $answer }
pattern-seen-categories = The first look on the kind of harm: { $list }
pattern-cut = There are more cases in this pattern than are shown here. Open one of the last to go on from there.

pattern-note = Who sees this
pattern-note-text =
    Only cases that you may open are on this page. For somebody who may open one of two linked cases, the other does not exist: they see no link, no number and no other level because of it.

    So please write nothing about another case into the record of this one. Write it into the reason for the link: only those who may open both read it.

    Links are in no copy of a case file, and the person who told us doesn't see them. If a case is erased, its links and the reasons for them are gone.
pattern-made = Put together on { $at } for { $name }.

pattern-link-way = Link with another case
pattern-link-about = A link says that cases belong together. It is yours to judge: the program links nothing by itself.
pattern-with = Numbers of the other cases
    .hint = Such as K7QP-3M2X. For several, put commas between them.
pattern-ties = What do they have in common?
    .hint = Choose all that fit.
pattern-why = Why do you link them?
    .hint = What makes you think so, and how sure you are. Only those who may open both cases can read it.
pattern-link-button = Link them
pattern-unlink-way = End this link
pattern-unlink-about = The link goes from the time line and from the suggested level. That it was there, and why you end it, is kept.
pattern-unlink-why = Why do you end it?
pattern-both = Case { $reference } and case { $other }
pattern-did-link = They are linked.
pattern-did-unlink = The link was ended.
pattern-did-apart = They are not suggested again.

pattern-error-no-case = Give the number of at least one other case.
pattern-error-too-many = Link no more than 20 cases at a time.
pattern-error-unknown-case = At least one of these numbers is of no case on your desk. Look at each of them again.
pattern-error-same-case = One of these numbers is of this case itself. Give the number of another one.
pattern-error-not-begun = Nobody has opened one of these cases yet. Open it first, so that the question of a conflict comes before anything else.
pattern-error-no-tie = Choose what they have in common.
pattern-error-unknown-tie = Choose what they have in common from the list.
pattern-error-no-why = Write why, in a few words.
pattern-error-why-too-long = Write no more than 5,000 characters.

pattern-returns = What returns in other cases
pattern-returns-way = Look for what returns in other cases
pattern-returns-about = Names of people, places and activities in this case that stand in other cases of yours too, also in a near spelling. The same name may be of somebody else: you judge, and the program remembers what you decide.
pattern-returns-again = Look again
pattern-names = Names that return
pattern-names-none = No name of this case stands in another case that you may open.
pattern-names-cut = There are more. Link these, or say that they are not the same, to see the rest.
pattern-returns-person = A person: “{ $here }”
pattern-returns-person-near = A person: “{ $here }” here, “{ $there }” there
pattern-returns-place = A place or activity: “{ $here }”
pattern-returns-place-near = A place or activity: “{ $here }” here, “{ $there }” there
pattern-link-button-one = Link with this case
pattern-apart-button = Not the same
pattern-words = Look for other words
pattern-words-label = Words
    .hint = Such as a phrase that somebody uses, the name of a street, or something that was done.
pattern-words-button = Look in other cases
pattern-words-found = Found in these cases
pattern-words-none = Found in no other case that you may open
pattern-returns-note = This is looked for in the memory of this program, while you are signed in. Only cases that you may open are looked through, and each case of which something is shown here has that in its own trace.
