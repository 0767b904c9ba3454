/* Mail as RFC 5322, RFC 2045 (quoted-printable) and RFC 2047 (encoded words) have it. Lines end in \n alone, as sendmail
 * takes them. */
#include "daemon/remind/message.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char base64[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t encode_base64(const unsigned char *in, size_t n, char *out)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i += 3) {
		unsigned b = i + 1 < n ? in[i + 1] : 0, c = i + 2 < n ? in[i + 2] : 0;
		unsigned v = (unsigned)in[i] << 16 | b << 8 | c;
		out[at++] = base64[v >> 18];
		out[at++] = base64[v >> 12 & 63];
		out[at++] = i + 1 < n ? base64[v >> 6 & 63] : '=';
		out[at++] = i + 2 < n ? base64[v & 63] : '=';
	}
	out[at] = '\0';
	return at;
}

static bool is_plain(const char *text)
{
	for (const char *c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			return false;
	return strlen(text) < 60 && !strstr(text, "=?");
}

/* Bytes of the longest start of `text` that is at most `most` long and ends between two characters. */
static size_t whole_characters(const char *text, size_t most)
{
	size_t n = strlen(text);

	if (n <= most)
		return n;
	for (n = most; n > 1 && ((unsigned char)text[n] & 0xc0) == 0x80; n--)
		continue;
	return n;
}

/* One line if it can be sent as it is, else encoded words of at most 75 characters, a line each. */
static const char *header_text(const char *text, struct arena *a)
{
	enum { PIECE = 42 }; /* bytes; 56 once encoded */
	const char *all = "";
	char piece[PIECE * 2];

	if (is_plain(text))
		return text;
	while (*text) {
		size_t n = whole_characters(text, PIECE);
		encode_base64((const unsigned char *)text, n, piece);
		all = arena_printf(a, "%s%s=?UTF-8?B?%s?=", all, *all ? "\n " : "",
				   piece);
		text += n;
	}
	return all;
}

static const char *quoted_printable(const char *text, struct arena *a)
{
	enum { WIDTH = 72 };
	char *out = arena_alloc(a, strlen(text) * 6 + 1);
	size_t at = 0, column = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		bool end = c[1] == '\n' || !c[1];
		bool fine = (*c > ' ' && *c <= '~' && *c != '=' &&
			     !(column == 0 && *c == '.')) ||
			    (*c == ' ' && !end) || *c == '\n';
		if (column >= WIDTH && *c != '\n') {
			at += (size_t)sprintf(out + at, "=\n");
			column = 0;
		}
		size_t n = fine ? 1 : 3;
		if (fine)
			out[at] = (char)*c;
		else
			(void)sprintf(out + at, "=%02X", *c);
		at += n;
		column = *c == '\n' ? 0 : column + n;
	}
	out[at] = '\0';
	return out;
}

/* Not of the locale: a header has English names. */
static const char *date_text(int64_t at, struct arena *a)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t t = (time_t)at;
	struct tm tm;

	if (!localtime_r(&t, &tm))
		return "Thu, 01 Jan 1970 00:00:00 +0000";
	long minutes = tm.tm_gmtoff / 60, off = minutes < 0 ? -minutes : minutes;
	return arena_printf(a, "%.3s, %02d %.3s %04d %02d:%02d:%02d %c%02ld%02ld",
			    days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
			    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
			    minutes < 0 ? '-' : '+', off / 60, off % 60);
}

/* What may stand in a Message-ID: the rest of a name becomes a hyphen. */
static const char *atom(const char *text, struct arena *a)
{
	static const char fine[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
	char *copy = arena_dup(a, text);

	for (char *c = copy; *c; c++)
		if (!strchr(fine, *c))
			*c = '-';
	return copy;
}

const char *message_mail(const char *to, const char *id, int64_t at, const char *subject,
			 const char *body, struct arena *a)
{
	char host[256] = "";

	if (gethostname(host, sizeof(host) - 1) < 0 || !*host)
		(void)snprintf(host, sizeof(host), "localhost");
	return arena_printf(a,
			    "From: %s%s%s\nTo: %s\nSubject: %s\nDate: %s\n"
			    "Message-ID: <%s@%s>\nAuto-Submitted: auto-generated\n"
			    "MIME-Version: 1.0\n"
			    "Content-Type: text/plain; charset=utf-8\n"
			    "Content-Transfer-Encoding: quoted-printable\n\n%s",
			    strchr(to, '@') ? "pdh <" : "", to,
			    strchr(to, '@') ? ">" : "", to, header_text(subject, a),
			    date_text(at, a), atom(id, a), atom(host, a),
			    quoted_printable(body, a));
}
