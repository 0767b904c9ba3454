#include "common/codec_caller.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const reserved[] = {"api_level", "database", "dry_run", "once",
				       "progress",  "today",	"zone"};

bool codec_is_reserved(const char *key, size_t n)
{
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strlen(reserved[i]) == n && memcmp(reserved[i], key, n) == 0)
			return true;
	return false;
}

/* ---- writing ------------------------------------------------------------------------------------ */

size_t codec_caller_keys(const struct codec_caller *c)
{
	return (size_t)(c->level != INT_NONE) + c->dry_run + c->progress +
	       (c->once != NULL) + (c->database.path != NULL) +
	       (c->today == DATE_NONE ? 0 : 2);
}

static void write_day(msgpack_packer *pk, const struct codec_caller *c)
{
	char day[DATE_ISO_SIZE], zone[16];
	int minutes = abs(c->zone);

	date_format_iso(c->today, day);
	snprintf(zone, sizeof(zone), "%c%02d:%02d", c->zone < 0 ? '-' : '+', minutes / 60,
		 minutes % 60);
	wire_pack_text(pk, "today");
	wire_pack_text(pk, day);
	wire_pack_text(pk, "zone");
	wire_pack_text(pk, zone);
}

static void write_database(msgpack_packer *pk, const struct codec_database *d)
{
	wire_pack_text(pk, "database");
	msgpack_pack_map(pk, d->inode ? 3 : 1);
	wire_pack_text(pk, "path");
	wire_pack_text(pk, d->path);
	if (!d->inode)
		return;
	wire_pack_text(pk, "device");
	msgpack_pack_uint64(pk, d->device);
	wire_pack_text(pk, "inode");
	msgpack_pack_uint64(pk, d->inode);
}

void codec_write_caller(msgpack_packer *pk, const struct codec_caller *c)
{
	if (c->level != INT_NONE) {
		wire_pack_text(pk, "api_level");
		msgpack_pack_int64(pk, c->level);
	}
	if (c->dry_run) {
		wire_pack_text(pk, "dry_run");
		msgpack_pack_true(pk);
	}
	if (c->progress) {
		wire_pack_text(pk, "progress");
		msgpack_pack_true(pk);
	}
	if (c->once) {
		wire_pack_text(pk, "once");
		wire_pack_text(pk, c->once);
	}
	if (c->database.path)
		write_database(pk, &c->database);
	if (c->today != DATE_NONE)
		write_day(pk, c);
}

/* ---- reading ------------------------------------------------------------------------------------ */

/* The text of a reserved key, "" where it is not there. */
static int text_of(const msgpack_object *o, const char *key, struct arena *a,
		   const char **ret, const char *wanted, struct err *e)
{
	const msgpack_object *v = wire_get(o, key);

	*ret = "";
	if (!v || v->type == MSGPACK_OBJECT_NIL)
		return 0;
	if (v->type != MSGPACK_OBJECT_STR || v->via.str.size > CODEC_ONCE_MOST ||
	    memchr(v->via.str.ptr, 0, v->via.str.size))
		return err_set(e, -PDH_USAGE, key, "is %s", wanted);
	*ret = arena_dup_n(a, v->via.str.ptr, v->via.str.size);
	return 0;
}

static int read_zone(const char *text, int32_t *ret, struct err *e)
{
	unsigned hours, minutes;
	char sign, end;

	if (sscanf(text, "%c%2u:%2u%c", &sign, &hours, &minutes, &end) != 3 ||
	    (sign != '+' && sign != '-') || minutes > 59 ||
	    hours * 60 + minutes > CODEC_ZONE_MOST)
		return err_set(e, -PDH_USAGE, "zone",
			       "is the caller's offset from UTC, such as -05:00");
	*ret = (int32_t)(hours * 60 + minutes) * (sign == '-' ? -1 : 1);
	return 0;
}

static int read_day(const msgpack_object *o, struct arena *a, struct codec_caller *c,
		    struct err *e)
{
	const char *day, *zone;
	int r = text_of(o, "today", a, &day, "the caller's day, as 2026-03-14", e);

	if (r == 0)
		r = text_of(o, "zone", a, &zone,
			    "the caller's offset from UTC, such as -05:00", e);
	if (r == 0 && *zone)
		r = read_zone(zone, &c->zone, e);
	if (r == 0 && *day && date_parse_iso(day, &c->today, e) < 0)
		r = err_set(e, -PDH_USAGE, "today", "is the caller's day, as 2026-03-14");
	return r;
}

static int read_once(const msgpack_object *o, struct arena *a, struct codec_caller *c,
		     struct err *e)
{
	static const char wanted[] =
		"a text of 16 to 64 letters, digits and hyphens that "
		"the caller made up for this one write";
	const char *once;
	int r = text_of(o, "once", a, &once, wanted, e);

	if (r < 0 || !*once)
		return r;
	if (strlen(once) < CODEC_ONCE_LEAST ||
	    once[strspn(once, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "0123456789-")])
		return err_set(e, -PDH_USAGE, "once", "is %s", wanted);
	c->once = once;
	return 0;
}

static int read_database(const msgpack_object *o, struct arena *a, struct codec_caller *c,
			 struct err *e)
{
	const msgpack_object *v = wire_get(o, "database");
	const msgpack_object *path =
		v && v->type == MSGPACK_OBJECT_MAP ? wire_get(v, "path") : NULL;
	uint64_t *const numbers[] = {&c->database.device, &c->database.inode};
	static const char *const names[] = {"device", "inode"};

	if (!v)
		return 0;
	if (!path || path->type != MSGPACK_OBJECT_STR ||
	    memchr(path->via.str.ptr, 0, path->via.str.size))
		return err_set(e, -PDH_USAGE, "database",
			       "is a map with the path that is meant");
	c->database.path = arena_dup_n(a, path->via.str.ptr, path->via.str.size);
	for (size_t i = 0; i < 2; i++) {
		const msgpack_object *n = wire_get(v, names[i]);
		if (n && n->type == MSGPACK_OBJECT_POSITIVE_INTEGER)
			*numbers[i] = n->via.u64;
	}
	return 0;
}

int codec_read_caller(const msgpack_object *o, struct arena *a, struct codec_caller *ret,
		      struct err *e)
{
	struct codec_caller c = {.level = INT_NONE, .today = DATE_NONE};
	const msgpack_object *dry = o ? wire_get(o, "dry_run") : NULL;
	const msgpack_object *progress = o ? wire_get(o, "progress") : NULL;
	const msgpack_object *level = o ? wire_get(o, "api_level") : NULL;

	*ret = c;
	if (!o)
		return 0;
	if (dry && dry->type != MSGPACK_OBJECT_BOOLEAN)
		return err_set(e, -PDH_USAGE, "dry_run", "is true or false");
	if (progress && progress->type != MSGPACK_OBJECT_BOOLEAN)
		return err_set(e, -PDH_USAGE, "progress", "is true or false");
	if (level && level->type != MSGPACK_OBJECT_POSITIVE_INTEGER)
		return err_set(e, -PDH_USAGE, "api_level",
			       "is the caller's API level, a number");
	c.dry_run = dry && dry->via.boolean;
	c.progress = progress && progress->via.boolean;
	if (level)
		c.level =
			level->via.u64 < INT32_MAX ? (int64_t)level->via.u64 : INT32_MAX;
	int r = read_once(o, a, &c, e);
	if (r == 0)
		r = read_database(o, a, &c, e);
	if (r == 0)
		r = read_day(o, a, &c, e);
	if (r == 0)
		*ret = c;
	return r;
}
