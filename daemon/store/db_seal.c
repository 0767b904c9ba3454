#include "daemon/store/db_seal.h"

#include "common/arena.h"
#include "common/clock.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* ---- as bytes ----------------------------------------------------------------------------------- */

static const char magic[8] = {'p', 'd', 'h', '-', 's', 'e', 'a', 'l'};

static void put(unsigned char *to, uint64_t v)
{
	for (int i = 7; i >= 0; i--, v >>= 8)
		to[i] = (unsigned char)v;
}

static uint64_t get(const unsigned char *from, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | from[i];
	return v;
}

void db_seal_pack(const struct seal *s, unsigned char out[SEAL_SIZE])
{
	const uint64_t words[] = {s->token,
				  s->before,
				  (uint64_t)s->size,
				  (uint64_t)s->written_at,
				  (uint64_t)s->changed_at,
				  s->log,
				  s->folding};

	memcpy(out, magic, sizeof(magic));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		put(out + 8 * (i + 1), words[i]);
}

bool db_seal_unpack(const void *bytes, size_t n, struct seal *ret)
{
	const unsigned char *b = bytes;

	if (n != SEAL_SIZE || memcmp(b, magic, sizeof(magic)) != 0)
		return false;
	*ret = (struct seal){
		.token = get(b + 8, 8),
		.before = get(b + 16, 8),
		.size = (int64_t)get(b + 24, 8),
		.written_at = (int64_t)get(b + 32, 8),
		.changed_at = (int64_t)get(b + 40, 8),
		.log = get(b + 48, 8),
		.folding = get(b + 56, 8) != 0,
	};
	return true;
}

uint64_t db_seal_token(void)
{
	uint64_t token = 0;

	while (!token)
		if (getrandom(&token, sizeof(token), 0) != sizeof(token))
			token = (uint64_t)clock_now() << 20 ^ (uint64_t)clock();
	return token;
}

/* ---- the log ------------------------------------------------------------------------------------ */

enum {
	LOG_HEADER = 32,
	FRAME_HEADER = 24,
	PAGE_LEAST = 512,
	PAGE_MOST = 65536,
	/* A leaf of a table with one row, whose first column is its number and whose second is a blob. */
	LEAF = 0x0d,
	BLOB_OF_SEAL = 12 + 2 * SEAL_SIZE, /* takes two bytes as a varint */
};

struct log {
	FILE *f;
	uint32_t page;
	bool big;		/* checksums are of big-endian words */
	uint32_t sums[2];	/* so far */
	unsigned char salts[8]; /* each frame repeats them */
	unsigned char frame[FRAME_HEADER + PAGE_MOST];
};

/* The running checksum over whole pairs of 32-bit words. */
static void add_sums(struct log *l, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		uint32_t w[2];
		for (size_t j = 0; j < 2; j++) {
			const unsigned char *b = p + i + 4 * j;
			w[j] = (uint32_t)get(b, 4);
			if (!l->big)
				w[j] = __builtin_bswap32(w[j]);
		}
		l->sums[0] += w[0] + l->sums[1];
		l->sums[1] += w[1] + l->sums[0];
	}
}

static bool sums_are(const struct log *l, const unsigned char *stored)
{
	return l->sums[0] == get(stored, 4) && l->sums[1] == get(stored + 4, 4);
}

static bool read_header(struct log *l)
{
	enum { LITTLE = 0x377f0682, BIG = 0x377f0683 };
	unsigned char h[LOG_HEADER];

	if (fread(h, 1, sizeof(h), l->f) != sizeof(h))
		return false;
	uint64_t kind = get(h, 4);
	l->big = kind == BIG;
	l->page = (uint32_t)get(h + 8, 4);
	memcpy(l->salts, h + 16, sizeof(l->salts));
	add_sums(l, h, 24);
	return (kind == BIG || kind == LITTLE) && l->page >= PAGE_LEAST &&
	       l->page <= PAGE_MOST && (l->page & (l->page - 1)) == 0 &&
	       sums_are(l, h + 24);
}

/* The next frame that counts: one that is whole, of this log, and follows on the one before. */
static bool read_frame(struct log *l)
{
	size_t n = FRAME_HEADER + l->page;

	if (fread(l->frame, 1, n, l->f) != n ||
	    memcmp(l->frame + 8, l->salts, sizeof(l->salts)) != 0)
		return false;
	add_sums(l, l->frame, 8);
	add_sums(l, l->frame + FRAME_HEADER, l->page);
	return sums_are(l, l->frame + 16);
}

/* Whether the page of the frame is the one of table seal: a leaf whose only cell holds its only row. */
static bool read_seal(const struct log *l, struct seal *ret)
{
	/* Bytes of payload, number of the row, bytes of the header; its types: none for the number, then the blob. */
	static const unsigned char row[] = {
		SEAL_SIZE + 4, 1, 4, 0, 0x80 | BLOB_OF_SEAL >> 7, BLOB_OF_SEAL & 0x7f};
	const unsigned char *p = l->frame + FRAME_HEADER;
	size_t at = get(p + 8, 2);

	return p[0] == LEAF && get(p + 3, 2) == 1 &&
	       at + sizeof(row) + SEAL_SIZE <= l->page &&
	       memcmp(p + at, row, sizeof(row)) == 0 &&
	       db_seal_unpack(p + at + sizeof(row), SEAL_SIZE, ret);
}

static enum seal_log read_frames(struct log *l, struct seal *ret)
{
	enum seal_log found = SEAL_LOG_EMPTY;
	struct seal seal;
	bool pending = false;

	while (read_frame(l)) {
		pending |= read_seal(l, &seal);
		if (get(l->frame + 4, 4) == 0)
			continue; /* not the last of its transaction */
		if (pending)
			*ret = seal;
		if (pending || found == SEAL_LOG_EMPTY)
			found = pending ? SEAL_LOG_SEALED : SEAL_LOG_OPEN;
		pending = false;
	}
	return found;
}

enum seal_log db_seal_read_log(const char *path, struct seal *ret)
{
	enum seal_log found = SEAL_LOG_EMPTY;
	struct log *l = calloc(1, sizeof(*l));

	if (!l)
		oom();
	l->f = fopen(path, "re");
	if (l->f && read_header(l))
		found = read_frames(l, ret);
	if (l->f ? ferror(l->f) : errno != ENOENT)
		found = SEAL_LOG_UNREAD;
	int why = errno;
	if (l->f)
		(void)fclose(l->f);
	free(l);
	errno = why;
	return found;
}

/* ---- whether both belong together ---------------------------------------------------------------- */

/* A path as SQLite wants it in an URI. */
static const char *uri_of(const char *path, struct arena *a)
{
	const char *uri = "file:";

	for (const char *p = path; *p;) {
		size_t n = strcspn(p, "?#%");
		uri = arena_printf(a, "%s%.*s", uri, (int)n, p);
		p += n;
		if (*p)
			uri = arena_printf(a, "%s%%%02x", uri, (unsigned)*p++);
	}
	return arena_printf(a, "%s?immutable=1", uri);
}

static int read_token(sqlite3 *handle, uint64_t *ret)
{
	struct seal seal = {0};
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(handle, "SELECT mark FROM seal", -1, &s, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(s);
	if (code == SQLITE_ROW) {
		(void)db_seal_unpack(sqlite3_column_blob(s, 0),
				     (size_t)sqlite3_column_bytes(s, 0), &seal);
		code = sqlite3_errcode(handle) == SQLITE_NOMEM ? SQLITE_NOMEM : SQLITE_OK;
	}
	sqlite3_finalize(s);
	*ret = seal.token;
	return code;
}

/* The token in the file alone, as if no log were there; 0: it has none. An SQLite code where that could not be found out, which is
 * not said of a file that has none because it is damaged, or of another program. */
static int token_of(const char *path, uint64_t *ret)
{
	AUTO_ARENA a = {0};
	sqlite3 *handle = NULL;
	int code = sqlite3_open_v2(uri_of(path, &a), &handle,
				   SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);

	*ret = 0;
	if (code == SQLITE_OK)
		code = read_token(handle, ret);
	sqlite3_close(handle);
	return code == SQLITE_NOMEM || code == SQLITE_CANTOPEN || code == SQLITE_IOERR
		       ? code
		       : SQLITE_OK;
}

static bool is_as_sealed(const struct seal *s, const struct stat *now)
{
	return s->size == now->st_size &&
	       s->written_at == db_files_nanoseconds(now->st_mtim) &&
	       s->changed_at == db_files_nanoseconds(now->st_ctim);
}

/* Both were put here together, as when a home moves to another computer. */
static bool came_together(const struct seal *s, const struct stat *file,
			  const struct stat *log)
{
	return s->log != log->st_ino ||
	       db_files_nanoseconds(log->st_ctim) >= db_files_nanoseconds(file->st_ctim);
}

/* 1: they do; 0: they do not; or -PDH_STORAGE. */
static int belong_together(const struct seal *s, const struct db_files *f, struct err *e)
{
	struct stat file, log;
	uint64_t token;

	if (fstat(f->fd, &file) < 0 || stat(f->log, &log) < 0 || is_as_sealed(s, &file))
		return 1;
	int code = token_of(f->real, &token);
	if (code != SQLITE_OK)
		return err_set(e, -PDH_STORAGE, NULL,
			       "cannot read the database %.200s: %s", f->real,
			       sqlite3_errstr(code));
	if (token == s->token)
		return 1;
	if (s->folding && (token == 0 || token == s->before))
		return 1;
	return token == s->before && came_together(s, &file, &log);
}

static int put_aside(const struct db_files *f, char *kept, struct err *e)
{
	char at[24] = "";
	time_t now = (time_t)clock_now();
	struct tm tm;

	if (localtime_r(&now, &tm))
		(void)strftime(at, sizeof(at), "%Y%m%dT%H%M%S", &tm);
	snprintf(kept, PATH_MAX, "%s.old-%s", f->log, at);
	if (rename(f->log, kept) == 0)
		return 1;
	err_set(e, -PDH_STORAGE, NULL,
		"%.200s is not of the database beside it and cannot be put aside: %s",
		f->log, strerror(errno));
	return err_hint(e, "move it away, then try again");
}

int db_seal_check(const struct db_files *f, char *kept, struct err *e)
{
	struct seal seal;
	enum seal_log found = db_seal_read_log(f->log, &seal);

	if (found == SEAL_LOG_UNREAD)
		return err_set(e, -PDH_STORAGE, NULL, "cannot read %.300s: %s", f->log,
			       strerror(errno));
	if (found != SEAL_LOG_SEALED)
		return 0;
	int r = belong_together(&seal, f, e);
	return r == 0 ? put_aside(f, kept, e) : r < 0 ? r : 0;
}
