# Searching at the desk.

search-link = Search your cases
search-heading = Search your cases
search-lede = Finds words, people and places in every case that you may open, and in no other.
search-words = What are you looking for?
    .hint = A word, a name, a place or the number of a case. With several words, cases with all of them are found. Put "quotation marks" around words that stand side by side.
search-button = Search
search-narrow = Narrow it down
search-only = Look in
search-only-any = Everything
search-only-person = Names, and how people are reached
search-only-place = Places, activities and organisations
search-only-words = What people wrote
search-only-tag = What was chosen from a list
search-which = Cases
search-which-any = All cases
search-which-live = Cases that are worked on
search-which-closed = Closed cases
search-level = Level
search-level-any = Any level
search-category = Kind of harm
search-category-any = Any kind
search-order = Show first
search-order-best = What fits best
search-order-newest = What came last

search-error-empty = Type what you are looking for.
search-error-long = Use at most 200 letters and signs. A few words are enough.
search-error-no-word = Type at least one letter or digit.

search-found = { $count ->
    [0] No case found
    [one] 1 case found
   *[other] { $count } cases found
}
search-found-so-far = { $count ->
    [0] No case found so far
    [one] 1 case found so far
   *[other] { $count } cases found so far
}
search-under-way = Looked through { $looked } of { $of } cases. The rest is being looked through now: it takes a few seconds, once after you sign in.
search-again = Show what was found by now
search-near = Did you mean one of these?
search-nothing =
    Things to try:

    - another spelling, or only the beginning of a word
    - fewer words
    - no narrowing down.

    Only cases on your own desk are searched. A case that nobody shared with you is not among them.
search-gone = That search is no longer kept: what you look for stays in memory only, for a short time. Please type it again.
search-not-begun = { $count ->
    [one] 1 new case is not in this: nobody has begun with it, and the question of conflict comes first.
   *[other] { $count } new cases are not in this: nobody has begun with them, and the question of conflict comes first.
}
search-cut = { $count ->
    [one] 1 case is very long: its last part is not searched.
   *[other] { $count } cases are very long: their last parts are not searched.
}
search-left-out = { $count ->
    [one] 1 case could not be searched. Please look in the case itself.
   *[other] { $count } cases could not be searched. Please look in the cases themselves.
}
search-only-number = Its number is what you typed.
search-more = { $count ->
    [one] And in 1 more place of this case.
   *[other] And in { $count } more places of this case.
}
search-page = Page { $page } of { $pages }
search-previous = Page before
search-next = Next page

search-place-at = { $place }, { $at }
search-place-report = In the report
search-place-answer = In the report: { $question }
search-place-message = In a message from the reporter
search-place-message-desk = In a message to the reporter
search-place-duty = About a body outside: { $body }
search-place-duties = About bodies outside
search-place-kept = About keeping the case
search-place-readers = About who reads the case
search-place-copy = About a copy of the case
search-place-file = In a file's name or what was said of it

search-how = What happens when you search
search-how-text =
    The cases that you may open are opened with your own key, in the memory of this program, while you are signed in. Nothing of it is written to the disk. It is wiped when you sign out, or when you have not searched for 15 minutes.

    That you searched, and through how many cases, is recorded. What you searched for is not. Each case of which lines are shown to you has that in its own record too.

search-trace-found = Lines of it were shown in a search
search-trace-looked = Cases were looked through by a search
