#include "tests/support/rpc_home.h"

#include "common/codec.h"
#include "common/paths.h"
#include "daemon/pack/pack.h"
#include "daemon/rpc/remind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void pack_json(msgpack_packer *pk, json_t *v)
{
	const char *key;
	json_t *member;
	size_t i;

	switch (json_typeof(v)) {
	case JSON_OBJECT:
		member = json_object_get(v, "$bytes");
		if (member) {
			msgpack_pack_bin(pk, json_string_length(member));
			msgpack_pack_bin_body(pk, json_string_value(member),
					      json_string_length(member));
			break;
		}
		msgpack_pack_map(pk, json_object_size(v));
		json_object_foreach(v, key, member)
		{
			wire_pack_text(pk, key);
			pack_json(pk, member);
		}
		break;
	case JSON_ARRAY:
		msgpack_pack_array(pk, json_array_size(v));
		json_array_foreach(v, i, member) pack_json(pk, member);
		break;
	case JSON_STRING:
		wire_pack_text(pk, json_string_value(v));
		break;
	case JSON_INTEGER:
		msgpack_pack_int64(pk, json_integer_value(v));
		break;
	case JSON_REAL:
		msgpack_pack_double(pk, json_real_value(v));
		break;
	case JSON_TRUE:
		msgpack_pack_true(pk);
		break;
	case JSON_FALSE:
		msgpack_pack_false(pk);
		break;
	case JSON_NULL:
		msgpack_pack_nil(pk);
		break;
	}
}

static json_t *unpack_json(const msgpack_object *o)
{
	json_t *v;

	switch (o->type) {
	case MSGPACK_OBJECT_MAP:
		v = json_object();
		for (uint32_t i = 0; i < o->via.map.size; i++) {
			const msgpack_object_str *key = &o->via.map.ptr[i].key.via.str;
			json_object_setn_new(v, key->ptr, key->size,
					     unpack_json(&o->via.map.ptr[i].val));
		}
		return v;
	case MSGPACK_OBJECT_ARRAY:
		v = json_array();
		for (uint32_t i = 0; i < o->via.array.size; i++)
			json_array_append_new(v, unpack_json(&o->via.array.ptr[i]));
		return v;
	case MSGPACK_OBJECT_STR:
		return json_stringn(o->via.str.ptr, o->via.str.size);
	case MSGPACK_OBJECT_BIN:
		return json_stringn(o->via.bin.ptr, o->via.bin.size);
	case MSGPACK_OBJECT_BOOLEAN:
		return json_boolean(o->via.boolean);
	case MSGPACK_OBJECT_POSITIVE_INTEGER:
	case MSGPACK_OBJECT_NEGATIVE_INTEGER:
		return json_integer(o->via.i64);
	default:
		return json_null();
	}
}

static void write_clock(const struct home *h, const char *when)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/clock", h->folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(when, f);
	assert_int_equal(fclose(f), 0);
}

void home_clock(struct home *h, const char *when)
{
	write_clock(h, when);
}

void home_pack(struct home *h, const char *id, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/packs/%s.yaml", h->folder, id);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	pack_library_reload(h->rpc.packs);
}

static void set_path(const struct home *h, const char *name, const char *leaf)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/%s", h->folder, leaf);
	setenv(name, path, 1);
}

/* What a daemon does when it starts, and when it ends. */
void home_begin(struct home *h)
{
	char database[96], backups[96], packs[96];
	struct pack_layer layers[PATH_PACK_LAYERS] = {
		{"shipped", "schema/packs"}, {"system", "/nonexistent"}, {"own", packs}};
	struct err e;

	snprintf(database, sizeof(database), "%s/pdh.db", h->folder);
	snprintf(backups, sizeof(backups), "%s/backups", h->folder);
	snprintf(packs, sizeof(packs), "%s/packs", h->folder);
	h->rpc = (struct rpc){.who = "dana"};
	if (db_open(database, backups, &h->rpc.db, &e) < 0)
		fail_msg("%s", e.message);
	h->rpc.packs = pack_library_new(layers);
	h->rpc.daemon.started_by = STARTED_HAND;
	h->rpc.daemon.socket = "/nonexistent/sock";
}

void home_end(struct home *h)
{
	pack_library_free(h->rpc.packs);
	db_close(h->rpc.db);
	rpc_free(&h->rpc);
}

int home_open(void **state)
{
	struct home *h = calloc(1, sizeof(*h));
	char packs[96];

	assert_non_null(h);
	strcpy(h->folder, "/tmp/pdh-unit-XXXXXX");
	assert_non_null(mkdtemp(h->folder));
	set_path(h, "PDH_TEST_CLOCK", "clock");
	setenv("TZ", "America/New_York", 1);
	write_clock(h, "2026-03-14T09:30:00");
	snprintf(packs, sizeof(packs), "%s/packs", h->folder);
	assert_int_equal(mkdir(packs, 0700), 0);
	home_begin(h);
	*state = h;
	return 0;
}

void home_restart(struct home *h)
{
	home_end(h);
	home_begin(h);
}

int home_close(void **state)
{
	struct home *h = *state;
	char command[96];

	json_decref(h->last);
	home_end(h);
	snprintf(command, sizeof(command), "rm -rf %s", h->folder);
	int r = system(command);
	free(h);
	return r;
}

/* The client has to be able to read it. */
static void check_answer(const char *method, const msgpack_object *answer)
{
	const struct method *m = api_find(method, strlen(method));
	const msgpack_object *v = answer->via.array.ptr;
	struct arena a = {NULL};
	struct err e;

	if (!m || v[2].type != MSGPACK_OBJECT_NIL)
		return;
	void *record = arena_alloc(&a, m->result->size);
	if (codec_read_record(m->result, &v[3], &a, record, &e) < 0)
		fail_msg("%s: %s", method, e.message);
	arena_done(&a);
}

/* Sends the call and keeps the whole response. */
static void send_call(struct home *h, const char *method, json_t *params)
{
	AUTO_BUF request = {0};
	AUTO_BUF response = {0};
	msgpack_packer pk;
	msgpack_unpacked u;
	size_t off = 0;

	msgpack_packer_init(&pk, &request, buf_write);
	wire_pack_request(&pk, 7, method);
	pack_json(&pk, params);
	rpc_remind_first(&h->rpc);
	h->next = rpc_dispatch(&h->rpc, request.data, request.len, &response);
	msgpack_unpacked_init(&u);
	assert_int_equal(msgpack_unpack_next(&u, response.data, response.len, &off),
			 MSGPACK_UNPACK_SUCCESS);
	assert_int_equal(off, response.len);
	json_decref(h->last);
	h->last = unpack_json(&u.data);
	check_answer(method, &u.data);
	msgpack_unpacked_destroy(&u);
	assert_int_equal(int_at(h->last, "0"), 1);
	assert_int_equal(int_at(h->last, "1"), 7);
}

static void call(struct home *h, const char *method, const char *params)
{
	json_error_t why;
	json_t *p = json_loads(params, 0, &why);

	if (!p)
		fail_msg("test parameters: %s", why.text);
	send_call(h, method, p);
	json_decref(p);
}

json_t *home_try(struct home *h, const char *method, json_t *params, json_t **ret_error)
{
	send_call(h, method, params);
	json_t *e = json_array_get(h->last, 2);
	*ret_error = json_is_null(e) ? NULL : e;
	return *ret_error ? NULL : json_array_get(h->last, 3);
}

json_t *home_call(struct home *h, const char *method, const char *params)
{
	call(h, method, params);
	if (!json_is_null(json_array_get(h->last, 2)))
		fail_msg("%s %s: %s: %s", method, params, text_at(h->last, "2.field"),
			 text_at(h->last, "2.message"));
	return json_array_get(h->last, 3);
}

json_t *home_error(struct home *h, const char *method, const char *params)
{
	call(h, method, params);
	json_t *e = json_array_get(h->last, 2);
	return json_is_null(e) ? NULL : e;
}

json_t *home_fail(struct home *h, const char *method, const char *params,
		  const char *word)
{
	json_t *e = home_error(h, method, params);

	if (!e)
		fail_msg("%s %s: expected %s, but it worked", method, params, word);
	assert_string_equal(text_at(e, "name"), word);
	return e;
}

json_t *json_at(json_t *root, const char *path)
{
	char copy[128], *save;
	json_t *at = root;

	snprintf(copy, sizeof(copy), "%s", path);
	for (char *key = strtok_r(copy, ".", &save); at && key;
	     key = strtok_r(NULL, ".", &save))
		at = json_is_array(at) ? json_array_get(at, (size_t)atoi(key))
				       : json_object_get(at, key);
	if (!at)
		fail_msg("nothing at %s", path);
	return at;
}

const char *text_at(json_t *root, const char *path)
{
	const char *text = json_string_value(json_at(root, path));

	return text ? text : "(null)";
}

long long int_at(json_t *root, const char *path)
{
	json_t *v = json_at(root, path);

	if (!json_is_integer(v))
		fail_msg("no integer at %s", path);
	return json_integer_value(v);
}

const char *credit_at(json_t *root, const char *path)
{
	char whole[160];

	snprintf(whole, sizeof(whole), "%s.amount", path);
	return text_at(root, whole);
}

size_t count_at(json_t *root, const char *path)
{
	return json_array_size(json_at(root, path));
}
