# Copies of a case file that leave the program, and what is left out of them.

export-link = Make a copy of the case file
    .about = A PDF and a signed archive, with passages left out if need be
export-head = Copies of the case file
export-text =
    A copy leaves this program: from then on nobody can take it back. Before you make one, think about who will read it, and what they need.

    A copy is a PDF that anybody can read, and an archive that shows whether something was changed in it. What is left out is not covered over: it isn't in there at all. Each copy is kept here as it left.
export-back = Copies of the case file

export-layers = What is left out
export-layers-text = A layer is a set of passages that are left out on one ground. Somebody makes it, and somebody else looks at it before it can be used. It can be used again for another copy.
export-layers-none = There are no layers yet.
export-layer-new = Pick passages to leave out
export-layer = Layer: { $name }
export-layer-change = Change what it leaves out
export-layer-version = { $name } (version { $version })

export-state-waiting = Waits for a second person
export-state-agreed = Agreed: can be used
export-state-agreed-by = Agreed by { $about }
export-state-sent-back = Sent back
export-state-sent-back-by = Sent back by { $about }
export-about = { $who }, { $at }
export-put-by = Last changed by

export-ground = On which ground?
export-ground-third-party = About somebody else
    .hint = Details of other people, who did not agree that they are passed on, where it is not reasonable to do so without asking them. For anonymous and confidential reporters, presume this.
export-ground-privilege = Legal advice
    .hint = Legal advice to us, or what was written to get it.
export-ground-serious-harm = Serious harm to health
    .hint = Health details that would be likely to cause serious harm to somebody's health. First get the opinion of the right health professional, not older than six months, and say whose it is and of which day.

export-name = A name for this layer
    .hint = So that others know what it is for, such as "Access request of November". It stays here, and is in no copy.
export-name-error = Give the layer a name of at most 200 characters
export-ground-error = Choose the ground
export-why = Why does this ground hold here?
    .hint = For the second person, and for whoever asks later. It stays here, and is in no copy.
export-why-error = Say why this ground holds here
export-nothing-error = Pick something to leave out: a passage, or words that go everywhere
export-too-much-error = That is more than one layer can hold. Make two, or leave out whole entries
export-changed = Somebody changed this layer since you opened it. What you picked is still here. Look at the layer in another tab, and send this again if it should replace what is there now.

export-pick = Pick what is left out
    .button = Save, and see how it reads
export-pick-text = Tick what is to go. Everything else stays. You see how a copy reads without it before anybody can use it.
export-phrases = Words that go everywhere
export-phrases-text = Names, phone numbers or nicknames: they go wherever they stand in the case file, also from headings, file names and what is written later. Capital letters, accents and spaces make no difference. A part of a longer word stays.
export-phrase-number = Words { $number }
export-phrase = Leave out these words everywhere
export-instead = Read this instead, such as "Person 1" (if you like)
export-passages = Passages
export-passages-text = Open an entry, and tick the sentences that go, or show its words one by one. What you leave out here goes from the list in the order of time as well.
export-whole = Leave out all of this entry
export-heading-words = Heading, and who and when
export-by-words = Pick single words here

export-goes = What goes
export-goes-everywhere = Everywhere
export-goes-entry = Entry
export-goes-whole = The whole entry
export-goes-instead = { $phrase } (instead: { $instead })
export-places = { $count ->
    [one] It goes from one place.
   *[other] It goes from { $count } places.
}
export-lost = { $count ->
    [one] One passage of this layer is not found any more. No copy can be made with this layer before somebody has looked at it and saved it again.
   *[other] { $count } passages of this layer are not found any more. No copy can be made with this layer before somebody has looked at it and saved it again.
}
export-preview = How a copy reads
export-preview-text = This is all that whoever gets a copy made with this layer alone can read.

export-check = The second look
    .button = Record my answer
export-check-text = You had no hand in this layer. Look at what goes and at what stays: is it enough, and is it no more than the ground allows?
export-answer = What do you say?
export-answer-agree = I agree: it can be used
export-answer-back = I send it back
export-answer-error = Say whether you agree
export-check-why = What you want to say about it
    .hint = Needed if you send it back.
export-check-why-error = Say why you send it back
export-own = You had a hand in this layer, so somebody else looks at it: a lead to whom the case is open too. If there is none, share the case first.
export-not-waiting = This layer does not wait for a second look any more.

export-make = Make a copy
    .button = Make the copy
export-make-text = That you made a copy is in the trace. If you signed in some time ago, your pass phrase is asked for once more, so that nobody else makes a copy at your desk.
export-purpose = Who is it for, and what for?
    .hint = It stands on the title page. For example: for the university's safeguarding team, as agreed with the reporter.
export-purpose-error = Say who the copy is for and what for, in at most 200 characters
export-choices = Leave out
    .hint = Choose the layers that fit this reader. Nothing chosen: everything is in the copy.
export-choices-none = No layer can be used yet, so everything is in the copy.
export-layers-error = A layer that you chose was changed or not agreed to. Look at the layers again
export-layers-lost = A passage of a layer that you chose is not found any more. Open the layer, look at it and save it again
export-no-room = There is no room to keep the copy: this case has as many files as it can, or the copy is too large. Nothing was made.
export-pass = Your pass phrase
    .hint = The one with which you sign in.
export-pass-error = This is not your pass phrase. What else you typed is still here

export-copies = Copies that were made
export-copies-none = No copy was made yet.
export-copy = Copy of { $reference }
export-copy-text = This copy is kept as it was made. It can be saved again at any time, and it is always the same.
export-copy-whole = Nothing was left out of it.
export-copy-layers = Made with these layers
export-made-by = Made by
export-made-at = Made on
export-entries = Entries
export-removed-entries = Entries left out
export-removed-passages = Passages left out of the others
export-unshown = Signs that the PDF can't show
export-pdf-sha256 = SHA-256 of the PDF
export-archive-sha256 = SHA-256 of the archive
export-key = Key that verifies it
export-save = Save it
    .button = Save
export-document = Which document?
export-document-pdf = The PDF
    .hint = To read and to print.
export-document-archive = The signed archive
    .hint = To keep, and to show where it comes from and that nothing was changed.
export-document-error = Choose a document
export-verify = Whoever has the archive and the key can verify it without this installation: safehold verify-export FILE --key KEY

export-did-layer = A layer of what is left out of a copy was made
export-did-change = A layer of what is left out of a copy was changed
export-did-agree = A second person agreed to a layer
export-did-send-back = A second person sent a layer back
export-did-copy = A copy of the case file was made

# The documents themselves.

export-title = Case file { $reference }
export-contents = What is in it
export-page = Page { $page } of { $pages }
export-nothing = There is nothing here.
export-note = Note
export-message = Message
export-mark-third-party = left out: about somebody else
export-mark-privilege = left out: legal advice
export-mark-serious-harm = left out: could seriously harm somebody's health
export-mark-entry = An entry is left out.
export-signs = Signs that can't be shown in this document: { $count }. They stand as their Unicode number in square brackets. The signed archive has them as they were written.
export-front-reference = Reference
export-front-received = Received
export-front-state = Where it stands
export-front-made = Copy made on
export-front-by = Copy made by
export-front-purpose = For whom and what for
export-front-holds = What it holds
export-front-left_out = What is left out
export-left-out-nothing = Nothing is left out.
export-holds = { $part }: { $count }
export-part-wishes = What the person wants
export-part-account = Their account
    .note = In their own words.
export-part-safety = Safety, contact and consent
export-part-answers = Other answers
    .note = As the questions were asked.
export-part-people = People named in the report
export-part-messages = Messages
export-part-record = Decisions and record
export-part-chronology = In the order of time
export-part-files = Files
    .note = The files themselves are not in this document. Their digests tell whether a file is the one that was sent.
export-file-kind = Kind
export-file-size = Size
export-file-about = What the sender said about it
export-file-sha256 = SHA-256
