# The recovery key and its shares, being let in again, and emergency access.

recovery-heading = Recovery key
recovery-link = Recovery key, and who asks to be let in again
recovery-lede = With the recovery key somebody who has lost their pass phrase is let in again, and a case can be opened that nobody else can open. Each use is told to every lead and the independent recipient.
recovery-kept = How it is kept
recovery-whole = One person keeps the whole key, on paper.
recovery-split = It is split among { $of } holders. { $needed } of them must come together. The set is called { $set }, and was made on { $at }.
recovery-holder-checked = Looked at { $at }
recovery-holder-unchecked = Has not looked since it was made
recovery-holder-stale = Ask them whether they still have it: the last look is more than a year ago
recovery-check-tell = Holders look whether their share is still whole at { $address }. They need no sign-in for it.
recovery-change-link = Make a new key, or new shares
recovery-change-goes-on = A new key was begun on { $at }. It is not in force until it is typed in from paper.
recovery-change-unfinished = The new key is in force, but not every case is under it yet. Type it in once more, and it goes on.
recovery-change-to = Go on with the new key
recovery-asks = Who asks to be let in again
recovery-asks-none = Nobody asks.
recovery-ask-line = { $name } asked { $at }
recovery-ask-look = Look at it
recovery-notes = What you have not seen yet
recovery-note-by = by { $name }
recovery-note-machine = by whoever runs the installation
recovery-note-until = Until { $at }
recovery-note-why = Why
recovery-note-no-why = What was written can't be shown: it was sealed to a key that you don't have any more.
recovery-note-case = Case { $reference }
recovery-seen = I have seen it
recovery-uses = What was done with it
recovery-uses-lede = From the record that nobody can change unseen. Emergency access to a case is in the record of that case.
recovery-uses-none = Nothing so far.
recovery-somebody = Somebody
recovery-step-asked = { $name } asked for a new pass phrase
recovery-step-ask_dropped = What was asked in the name of { $name } was put aside
recovery-step-let_in = { $name } was let in again with a new pass phrase
recovery-step-keys_given = { $name } was given keys
recovery-step-change_begun = A new recovery key was begun
recovery-step-change_dropped = A new recovery key was given up
recovery-step-changed = A new recovery key is in force. The old one, and all its shares, open nothing that comes from now on
recovery-step-change_done = Every case is under the new recovery key
recovery-step-emergency_begun = { $name } got emergency access to a case
recovery-step-emergency_refused = { $name } asked for emergency access, and nothing was opened
recovery-step-emergency_ended = The emergency access of { $name } ended
recovery-did-emergency = Got emergency access until { $at }
recovery-done-seen = Marked as seen.
recovery-done-dropped = It is put aside.
recovery-done-let_in = { $name } is let in again. They sign in with what they chose.
recovery-done-changed = The new key is in force, and every case is under it. Destroy the old one, or all its shares.
recovery-done-given_up = The new key is given up. The present one stays.

recovery-alert-notes = { $count ->
    [one] The recovery key was used, or something about it changed.
   *[other] The recovery key was used, or something about it changed: { $count } times.
 }
recovery-alert-asks = { $count ->
    [one] Somebody asks to be let in again.
   *[other] { $count } people ask to be let in again.
 }
recovery-alert-stale = { $count ->
    [one] A holder has not looked for their share of the recovery key for a year.
   *[other] { $count } holders have not looked for their shares of the recovery key for a year.
 }
recovery-alert-unfinished = A change of the recovery key was interrupted.
recovery-alert-link = See it
recovery-alert-mine = Somebody asked for a new pass phrase in your name.
recovery-alert-mine-link = Say whether it was you

recovery-reason = Why
    .hint = Every lead and the independent recipient reads it. Write nothing here that is in a case.
recovery-reason-missing = Write why, in up to 4,000 letters
recovery-type-key = The recovery key
recovery-type-share = Share { $number }
recovery-type-text = Whoever keeps a share types it themselves, and the others look away. Small or capital letters, spaces and lines make no difference. Nothing of it is kept.
recovery-type-key-text = Small or capital letters, spaces and lines make no difference. Nothing of it is kept.
recovery-fault-length = It has { $found } letters and digits after its beginning, and should have { $wanted }. Look whether a group is missing or there twice.
recovery-fault-letter = Group { $group } has a letter that is never printed. Compare it with the paper.
recovery-fault-kind = It is of the other kind: a whole key where shares are in use now, or a share where one key is.
recovery-fault-slip = It is not as it was printed. Compare it with the paper, group by group.
recovery-fault-former = It is a share of a set that was replaced, and opens nothing any more.
recovery-fault-foreign = It is whole, but none that was given out here.
recovery-fault-twice = It is the same as another one on this page.
recovery-fault-few = { $needed } shares are needed, and { $given } were typed
recovery-fault-none = Type the recovery key
recovery-after-use = These shares were typed on one device. When things are calm again, make new ones.

recovery-let-in = Let { $name } in again
recovery-let-in-text =
    Anybody can ask in anybody's name. Before you go on:

    - Call { $name } on a number that you know from elsewhere, and ask whether it was they who asked.
    - Let them read out the eight letters that they were shown. They must be these.
recovery-letters = The letters
recovery-let-in-then =
    Then bring the holders together, here or where you sit. When they have typed their shares:

    - what { $name } chose is what they sign in with, and they are signed out everywhere;
    - they get back the cases that they had, but none from which they are excluded;
    - every lead and the independent recipient is told, with your reason.
recovery-let-in-button = It was they, and the letters are the same
recovery-drop-text = If it was not they, or the letters differ, put it aside. Nothing has changed for anybody.
recovery-drop-button = Put it aside

recovery-mine = What was asked in your name
recovery-mine-lede = Somebody said that you lost your pass phrase, and chose a new one. You are signed in, so you have not. If it was you, you can put it aside too.
recovery-mine-none = Nothing was asked in your name.
recovery-mine-line = Asked { $at }. The letters are { $letters }
recovery-mine-button = Put it aside
recovery-mine-else = If it was not you, tell another lead.

recovery-lost-tab = Sign in
recovery-lost = You can't sign in any more
recovery-lost-lede = Choose what you will sign in with. It becomes yours when somebody in your team has spoken with you, and the recovery key was used.
recovery-lost-first = If you only lost your phone, sign in with one of your recovery codes instead.
recovery-lost-email = Your e-mail address
    .hint = The one you signed in with.
recovery-lost-email-wrong = Write an e-mail address, such as name@place.org
recovery-lost-button = Ask to be let in again
recovery-asked = We have noted it
recovery-asked-once = The letters and the codes on this page are shown only now. Write them down before you go on.
recovery-asked-letters = Your letters
recovery-asked-text =
    - If somebody in the team has this address, the leads are told. We say no more, so that nobody learns here who is in the team.
    - One of them calls you. They do not ask for your pass phrase. They ask for these letters.
    - Say them only to somebody whose voice or number you know.
    - When the recovery key has been used, sign in with the new pass phrase. It waits { $days } days.
    - If nobody else in your team can sign in, speak with whoever runs the installation. They use the recovery key with these letters.

recovery-share-tab = A look
recovery-share = Do you still have your share?
recovery-share-lede = Somebody gave you a paper with a share of a key. Type it here once a year, so that it is known that it is still there and can be read.
recovery-share-text =
    - It is compared, and only the day is noted. Nothing that you type is kept.
    - Alone it opens nothing.
    - Look first whether the address at the top is the one that you were given.
recovery-share-label = What is on your paper
    .hint = The groups after SAFEHOLD-SHARE-1.
recovery-share-button = Look
recovery-share-good = Your share is whole
recovery-share-good-text = It is share { $number } of { $of }. { $needed } must come together. Put the paper back where it was, and tell nobody what is on it.
recovery-share-not-split = There are no shares in use here.
recovery-share-lost = If you can't find it, or somebody saw it, tell a lead. New shares are made then, and yours opens nothing that comes after.

recovery-change = A new recovery key
recovery-change-lede = Make a new one when a holder goes, when a share is lost, or after shares were typed where others could see them.
recovery-change-how =
    1. The present key, or enough shares, is typed in. You get new papers.
    2. You type the new ones in, from paper. Only then the old ones stop, and every case is put under the new key.
recovery-change-limits = The old papers still open old copies of the database. Destroy them.
recovery-kind = How is it to be kept?
recovery-kind-whole = One person keeps the whole key
    .hint = Somebody whom no report is likely to name, and who has no access to the server.
recovery-kind-shares = Several people keep a share each
    .hint = So many as you say must come together. Fewer can do nothing, and one paper that is lost stops nobody.
recovery-kind-missing = Choose how it is to be kept
recovery-holders = Who gets a share
    .hint = Two to nine names, each on a line of its own. People who are hard to name in one and the same report: a trustee, a solicitor, the host university. Leads see this list.
recovery-holders-wrong = Write two to nine different names, each on a line of its own
recovery-needed = How many must come together
    .hint = Two to five, and no more than there are names. For three people two is usual, for five three.
recovery-needed-wrong = Write a number from 2 to 5 that is not more than there are names
recovery-change-present = The present key
recovery-change-present-shares = The present shares
recovery-change-button = Make new papers
recovery-printed = The new papers
recovery-printed-once = What is on this page is shown only now. Print it, or write it down, before you go on.
recovery-printed-next = Then type it in
recovery-printed-text = The present key stays in force until you have done so. Without it, nothing has changed.
recovery-printed-button = Type in the new one
recovery-sheet = Share { $number } of { $of } for { $name }
recovery-sheet-text =
    This is one share of the recovery key of { $organisation }. { $needed } of { $of } must come together. Alone it opens nothing.

    - Keep it on paper, sealed in an envelope, in a locked place. Never in a file, a photo or a mail.
    - Bring it only when you are asked by somebody whom you know, and type it yourself.
    - Once a year, look whether it is still there, at { $address }
    - If it is lost or was seen, tell a lead at once.
recovery-sheet-set = Set { $set }, made on { $at }
recovery-confirm = Type in the new recovery key
recovery-confirm-lede = From paper, as it will be when it is needed. When it is right, it comes into force at once.
recovery-confirm-none = No new key was begun.
recovery-confirm-button = Put the new key in force
recovery-give-up-text = If the papers are not good, give the new key up and begin again. The present one stays.
recovery-give-up = Give the new key up

recovery-setup = The recovery key
recovery-setup-lede = With it, cases can be opened again if every lead has lost their pass phrase. Whoever has it, or enough shares, and the database can read everything.
recovery-setup-shares = The shares of the recovery key
recovery-setup-shares-text =
    With { $needed } of them, cases can be opened again if every lead has lost their pass phrase. Each is on a page of its own when you print this one.

    - Give each to the person whose name is on it, and keep none yourself.
    - Tell nobody who does not need to know who has one.

emergency-heading = Emergency access
emergency-link = Emergency access to a case
emergency-lede = For when somebody may be in danger and nobody who can open a case can be reached. Call the people first.
emergency-text =
    - You open one case, by its number, for as many hours as you say. Then the key goes by itself.
    - It needs the recovery key, or enough shares.
    - The independent recipient and every lead who is not excluded are told at once, with your reason.
    - Everything you do in the case is on record. Later openings use a new key, but what you have read stays read.
    - If you are part of the case, nothing opens.
emergency-reference = Number of the case
    .hint = Such as K7QP-3M2X. Whoever told you of it knows it.
emergency-reference-wrong = Nothing can be opened under this number. Either there is no such case, or it is not for you. That the key was used has been told to the leads.
emergency-hours = For how many hours
    .hint = 1 to { $most }. Ask for no more than you need.
emergency-hours-wrong = Write a number from 1 to { $most }
emergency-reason = Why it can't wait, and whom you tried to reach
    .hint = It stands in the case, and the independent recipient and every lead who is not excluded reads it. Write nothing here that is in another case.
emergency-button = Open the case
emergency-already = The case is on your desk already.
emergency-already-link = Go to it
emergency-ends = You have emergency access to case { $reference } until { $at }. Then it goes from your desk by itself.
