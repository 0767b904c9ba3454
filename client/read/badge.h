/* Open Badges, as proposals: what, when, by whom, and how much if the badge says so. Versions 2.0 and 3.0, as JSON, as a
 * signed token (JWT), or baked into a picture (PNG, SVG). Nothing is fetched, and no signature is checked; both are said. */
#pragma once

#include "client/read/result.h"

/* What a file is baked into, or made of. */
bool badge_is_png(const char *bytes, size_t n);
bool badge_is_svg(const char *text, size_t n);
bool badge_is_token(const char *text, size_t n);

/* Whether a JSON object is one; the text is read for that. */
bool badge_is_json(const char *text, size_t n);

/* The text that is baked into a picture; NULL: there is none. -PDH_REFUSED for a picture that is damaged. */
int badge_of_png(const char *bytes, size_t n, struct arena *a, const char **ret,
		 struct err *e);
int badge_of_svg(const char *text, size_t n, struct arena *a, const char **ret,
		 struct err *e);

/* One row out of JSON or a token. 0, or -PDH_REFUSED: a link alone, credit without a unit. */
int badge_read(const char *text, const struct read_options *o, struct arena *a,
	       struct read_result *ret, struct err *e);
