#include "client/cli/args_log.h"

#include "common/ascii.h"
#include "common/credit.h"

#include <string.h>

/* So many words as one text; NULL where one of them was quoted, and so is a title. */
static const char *join(const struct texts *words, size_t from, size_t to, bool amount,
			struct arena *a)
{
	const char *all = words->v[from];

	for (size_t i = from; i < to; i++) {
		if (amount && to > from + 1 && strchr(words->v[i], ' '))
			return NULL;
		all = i > from ? arena_printf(a, "%s %s", all, words->v[i]) : all;
	}
	return all;
}

static bool is_amount(const char *text)
{
	struct credit c;
	struct err ignored;

	return text && credit_parse_or_none(text, &c, &ignored) == 0;
}

/* How many words in front are the amount: "2 hrs. Workshop", "9 am - 11:30 am Workshop". What is left is the title. */
static size_t words_in_front(const struct texts *w, struct arena *a)
{
	enum { MOST = 7 };

	for (size_t n = w->n < MOST ? w->n : MOST; n > 1; n--)
		if (is_amount(join(w, 0, n, true, a)))
			return n;
	return 1;
}

/* How many words behind a title are one: "Workshop 2h"; a bare number there is part of the title. */
static size_t words_behind(const struct texts *w, struct arena *a)
{
	enum { MOST = 4 };

	for (size_t n = w->n - 1 < MOST ? w->n - 1 : MOST; n > 0; n--) {
		const char *text = join(w, w->n - n, w->n, true, a);
		if (is_amount(text) && ascii_is_digit(*text) &&
		    text[strspn(text, "0123456789.,")])
			return n;
	}
	return 0;
}

void args_log_words(const struct texts *words, struct arena *a, const char **ret_amount,
		    const char **ret_title)
{
	size_t from = words_in_front(words, a), to = words->n;
	const char *amount = join(words, 0, from, false, a);
	const size_t behind = is_amount(amount) ? 0 : words_behind(words, a);

	if (behind) {
		from = 0;
		to -= behind;
		amount = join(words, to, words->n, false, a);
	}
	*ret_amount = amount;
	*ret_title = from == to ? NULL : join(words, from, to, false, a);
}
