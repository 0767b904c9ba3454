/* msgpack-RPC frames: finding where one ends, and the headers of requests and responses.
 *
 * A peer's bytes are scanned here, with limits, before msgpack-c sees them:
 * msgpack-c 4.0.0 allocates a container when it reads its header, so five bytes could ask
 * for gigabytes. */
#pragma once

#include "common/buf.h"
#include "common/err.h"

#include <msgpack.h>
#include <stdbool.h>

enum {
	WIRE_FRAME_MAX = 1 << 20, /* bytes of one request */
	WIRE_DEPTH_MAX =
		16, /* containers inside one another; our deepest message has 7 */
	WIRE_ITEMS_MAX =
		1
		<< 16, /* values in one request, keys counted: of about 3,250 activities */
	WIRE_REPLY_MAX = 8 << 20, /* bytes of one reply */
};

enum wire_scan {
	WIRE_MORE,	/* not whole yet */
	WIRE_DONE,	/* one whole value */
	WIRE_TOO_LARGE, /* refused: bytes */
	WIRE_TOO_DEEP,	/* refused: containers */
	WIRE_TOO_MANY,	/* refused: values */
	WIRE_INVALID,	/* refused: 0xc1, which msgpack never uses */
};

struct wire_limits {
	size_t bytes, depth, items;
};
extern const struct wire_limits wire_request_limits, wire_reply_limits;

/* A scan that goes on where it stopped, so that a frame which arrives byte by byte costs
 * its length once. Zeroed: at the start of a frame. */
struct wire_scanner {
	size_t at;    /* bytes of the frame looked at */
	size_t depth; /* open containers */
	size_t items; /* values seen */
	uint64_t left[WIRE_DEPTH_MAX +
		      1]; /* values that each open container still wants */
};

/* Looks at `data`, which begins with the same frame each time and holds `n` bytes so far.
 * On WIRE_DONE *ret_size is the frame's length and the scanner is ready for the next.
 * After a refusal it must not be used again. */
enum wire_scan wire_scan(struct wire_scanner *s, const struct wire_limits *limits,
			 const char *data, size_t n, size_t *ret_size);

/* What a refusal means, in words; "" for MORE and DONE. */
const char *wire_scan_text(enum wire_scan why);

enum wire_type { WIRE_REQUEST = 0, WIRE_RESPONSE = 1, WIRE_NOTIFICATION = 2 };

struct wire_request {
	enum wire_type type; /* request or notification */
	uint32_t id;	     /* 0 for a notification */
	const char *method;  /* not NUL-terminated; points into the frame */
	size_t method_len;
	const msgpack_object
		*params; /* the one map, or NULL when the list of parameters is empty */
};

struct wire_response {
	uint32_t id;
	const msgpack_object *error;  /* NULL: none */
	const msgpack_object *result; /* NULL: nil */
};

/* Read the header of an unpacked frame. -PDH_BAD_FRAME with a sentence on anything else.
 * A request whose id could be read fills ret->id even on failure, so that the refusal can
 * be answered. */
int wire_read_request(const msgpack_object *o, struct wire_request *ret, struct err *e);
int wire_read_response(const msgpack_object *o, struct wire_response *ret, struct err *e);

/* Write the header; the caller packs what follows. Request: [0, id, method, [ <one map>
 * ]]. Response: [1, id, <error or nil>, <result or nil>]. */
void wire_pack_request(msgpack_packer *pk, uint32_t id, const char *method);
void wire_pack_response(msgpack_packer *pk, uint32_t id);

void wire_pack_text(msgpack_packer *pk, const char *text);

/* The error map: code, name, message, field, hint; field and hint are nil when empty.
 * `level`, where not 0, is added: the daemon's level, for "no such method". */
void wire_pack_error(msgpack_packer *pk, const struct err *e, int level);

/* Reads an error map back; never fails: what cannot be read becomes PDH_FAILED with some
 * message. */
void wire_read_error(const msgpack_object *o, struct err *ret, int *ret_level);

/* The value of `key` in a map, or NULL. */
const msgpack_object *wire_get(const msgpack_object *map, const char *key);
