#include "daemon/upload/upload.h"

#include "common/paths.h"
#include "daemon/method.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static void forget(struct upload_slot *s)
{
	if (!s->token[0])
		return;
	(void)unlink(s->path);
	close(s->fd);
	free(s->path);
	*s = (struct upload_slot){0};
}

void uploads_expire(struct uploads *u, int64_t now)
{
	for (size_t i = 0; i < UPLOAD_MOST; i++)
		if (u->slots[i].token[0] && now - u->slots[i].began >= UPLOAD_AGE_S)
			forget(&u->slots[i]);
}

void uploads_done(struct uploads *u)
{
	for (size_t i = 0; i < UPLOAD_MOST; i++)
		forget(&u->slots[i]);
}

static const char *folder_of(struct arena *a, const char *database)
{
	return arena_printf(a, "%s/incoming", path_evidence(a, database));
}

void uploads_sweep(const char *database)
{
	AUTO_ARENA a = {0};
	DIR *d = opendir(folder_of(&a, database));
	const struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (entry->d_name[0] != '.')
			(void)unlinkat(dirfd(d), entry->d_name, 0);
	if (d)
		closedir(d);
}

static struct upload_slot *find(struct work *w, const char *token)
{
	for (size_t i = 0; w->uploads && i < UPLOAD_MOST; i++)
		if (*token && strcmp(w->uploads->slots[i].token, token) == 0)
			return &w->uploads->slots[i];
	return NULL;
}

static int find_or_say(struct work *w, const char *token, const char *field,
		       struct upload_slot **ret, struct err *e)
{
	*ret = find(w, token);
	if (*ret)
		return 0;
	err_set(e, -PDH_NOT_FOUND, field,
		"no file is on its way under that token: it was taken, is an hour old, "
		"or the daemon began anew");
	return err_hint(e, "send the file again");
}

/* ---- beginning ---------------------------------------------------------------------------------- */

static const char *const purposes[] = {"evidence", "import", "records"};

static int check_begin(const struct upload_begin_params *p, const char **ret_purpose,
		       struct err *e)
{
	for (size_t i = 0; i < sizeof(purposes) / sizeof(purposes[0]); i++)
		if (strcmp(p->purpose, purposes[i]) == 0)
			*ret_purpose = purposes[i];
	if (!*ret_purpose)
		return err_set(e, -PDH_USAGE, "purpose",
			       "is evidence, import or records, not \"%.40s\"",
			       p->purpose);
	if (p->size < 1)
		return err_set(e, -PDH_REFUSED, "size", "the file is empty");
	if (p->size > UPLOAD_BYTES)
		return err_set(e, -PDH_TOO_LARGE, "size",
			       "the file has %lld MiB; at most 100 MiB can be taken",
			       (long long)(p->size >> 20));
	return 0;
}

/* A place that is free, or that of the one without news for longest, if that is long. */
static struct upload_slot *make_room(struct uploads *u, int64_t size, int64_t now)
{
	uploads_expire(u, now);
	for (;;) {
		struct upload_slot *oldest = NULL, *free_one = NULL;
		int64_t bytes = size;
		for (size_t i = 0; i < UPLOAD_MOST; i++) {
			struct upload_slot *s = &u->slots[i];
			bytes += s->token[0] ? s->size : 0;
			if (!s->token[0])
				free_one = free_one ? free_one : s;
			else if (!oldest || s->heard < oldest->heard)
				oldest = s;
		}
		if (free_one && bytes <= UPLOAD_ALL)
			return free_one;
		if (!oldest || now - oldest->heard < UPLOAD_IDLE_S)
			return NULL;
		forget(oldest);
	}
}

static int storage(struct err *e, const char *what)
{
	err_set(e, -PDH_STORAGE, NULL, "cannot keep the file: %s: %s", what,
		strerror(errno));
	return errno == ENOSPC ? err_hint(e, "make room on the disk, then try again")
			       : e->code;
}

static int make_file(struct work *w, struct upload_slot *s, struct err *e)
{
	const char *path = arena_printf(w->arena, "%s/%s",
					folder_of(w->arena, db_path(w->db)), s->token);
	int r = path_make_parent(path, e);

	if (r < 0)
		return r;
	s->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (s->fd < 0)
		return storage(e, path);
	s->path = strdup(path);
	if (!s->path)
		oom();
	return 0;
}

/* A token that nobody guesses; false where the system has no random bytes. */
static bool make_token(char out[UPLOAD_TOKEN_SIZE])
{
	unsigned char bytes[(UPLOAD_TOKEN_SIZE - 1) / 2];

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++)
		(void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

static void tell(const struct work *w, const struct upload_slot *s, struct upload *ret)
{
	ret->token = arena_dup(w->arena, s->token);
	ret->purpose = s->purpose;
	ret->size = s->size;
	ret->got = s->got;
}

static int check_writable(const struct work *w, struct err *e)
{
	return w->uploads ? 0
			  : err_set(e, -PDH_STORAGE, NULL,
				    "the database is open for reading alone");
}

int method_upload_begin(struct work *w, const struct upload_begin_params *p,
			struct upload *ret, struct err *e)
{
	const char *purpose = NULL;
	int r = check_writable(w, e);

	if (r == 0)
		r = check_begin(p, &purpose, e);
	if (r < 0)
		return r;
	struct upload_slot *s = make_room(w->uploads, p->size, w->now);
	if (!s)
		return err_set(e, -PDH_BUSY, NULL,
			       "too many files are on their way already (at most %d "
			       "files, %d MiB); try again in a while",
			       UPLOAD_MOST, UPLOAD_ALL >> 20);
	struct upload_slot fresh = {
		.purpose = purpose, .size = p->size, .began = w->now, .heard = w->now};
	if (!make_token(fresh.token))
		return storage(e, "no random bytes");
	r = make_file(w, &fresh, e);
	if (r < 0)
		return r;
	sha256_begin(&fresh.hash);
	*s = fresh;
	tell(w, s, ret);
	return 0;
}

/* ---- pieces ------------------------------------------------------------------------------------- */

/* Whether these very bytes have come already. */
static bool is_again(const struct upload_slot *s, int64_t offset,
		     const struct bytes *data, struct arena *a)
{
	char *have = arena_alloc(a, data->n);

	return offset + (int64_t)data->n <= s->got &&
	       pread(s->fd, have, data->n, offset) == (ssize_t)data->n &&
	       memcmp(have, data->v, data->n) == 0;
}

static int write_all(int fd, const char *bytes, size_t left, int64_t at)
{
	while (left > 0) {
		ssize_t n = pwrite(fd, bytes, left, at);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			bytes += n;
			at += n;
			left -= (size_t)n;
		}
	}
	return 0;
}

/* A file of which a piece could not be kept is forgotten: what lies there may be anything. */
static int keep(struct upload_slot *s, const struct bytes *data, struct err *e)
{
	enum { SYNC_EVERY = 4 << 20 };
	int64_t got = s->got + (int64_t)data->n;
	int r = write_all(s->fd, data->v, data->n, s->got);

	if (r == 0 && got - s->synced >= SYNC_EVERY) {
		r = fdatasync(s->fd);
		s->synced = got;
	}
	if (r < 0) {
		storage(e, s->path);
		forget(s);
		return e->code;
	}
	sha256_add(&s->hash, data->v, data->n);
	s->got = got;
	return 0;
}

static int check_piece(const struct upload_slot *s, const struct upload_write_params *p,
		       struct err *e)
{
	if (p->offset != s->got)
		return err_set(e, -PDH_REFUSED, "offset",
			       "is %lld, and %lld bytes have come so far",
			       (long long)p->offset, (long long)s->got);
	if ((int64_t)p->data.n > s->size - s->got)
		return err_set(e, -PDH_REFUSED, "data",
			       "is more than the file was to have: %lld bytes",
			       (long long)s->size);
	return 0;
}

int method_upload_write(struct work *w, const struct upload_write_params *p,
			struct upload *ret, struct err *e)
{
	struct upload_slot *s;
	int r = check_writable(w, e);

	if (r < 0)
		return r;
	uploads_expire(w->uploads, w->now);
	r = find_or_say(w, p->token, "token", &s, e);
	if (r < 0)
		return r;
	s->heard = w->now;
	if (p->offset < 0 || !is_again(s, p->offset, &p->data, w->arena)) {
		r = check_piece(s, p, e);
		if (r == 0)
			r = keep(s, &p->data, e);
	}
	if (r == 0)
		tell(w, s, ret);
	return r;
}

int method_upload_drop(struct work *w, const struct upload_drop_params *p,
		       struct upload *ret, struct err *e)
{
	struct upload_slot *s = find(w, p->token);
	int r = check_writable(w, e);

	if (r < 0)
		return r;
	ret->token = p->token;
	ret->purpose = "";
	if (s) {
		tell(w, s, ret);
		forget(s);
	}
	return 0;
}

/* ---- whole files -------------------------------------------------------------------------------- */

int upload_open(struct work *w, const char *token, const char *purpose,
		struct upload_file *ret, struct err *e)
{
	struct upload_slot *s;

	if (w->uploads)
		uploads_expire(w->uploads, w->now);
	int r = find_or_say(w, token, "upload", &s, e);
	if (r < 0)
		return r;
	if (strcmp(s->purpose, purpose) != 0)
		return err_set(e, -PDH_REFUSED, "upload",
			       "was sent for another purpose: %s, not %s", s->purpose,
			       purpose);
	if (s->got < s->size)
		return err_set(e, -PDH_REFUSED, "upload",
			       "is not whole: %lld of %lld bytes have come",
			       (long long)s->got, (long long)s->size);
	struct sha256 hash = s->hash;
	*ret = (struct upload_file){.fd = s->fd, .path = s->path, .size = s->size};
	sha256_text(&hash, ret->sha256);
	s->heard = w->now;
	return 0;
}

int upload_sync(struct work *w, const char *token, struct err *e)
{
	struct upload_slot *s;
	int r = find_or_say(w, token, "upload", &s, e);

	if (r == 0 && fsync(s->fd) < 0)
		r = storage(e, s->path);
	return r;
}

void upload_done(struct work *w, const char *token)
{
	struct upload_slot *s = find(w, token);

	if (s)
		forget(s);
}
