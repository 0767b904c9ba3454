/* Frames to the dispatcher over a real database: any bytes get an answer, and nothing
 * stays open. */
#include "daemon/pack/pack.h"
#include "daemon/rpc/rpc.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rpc rpc;
static char folder[] = "/dev/shm/pdh-fuzz-XXXXXX";

static void clean_up(void)
{
	char command[64];

	db_close(rpc.db);
	pack_library_free(rpc.packs);
	rpc_free(&rpc);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	if (system(command) != 0)
		fprintf(stderr, "%s is left behind\n", folder);
}

static void set_up(void)
{
	const struct pack_layer layers[PATH_PACK_LAYERS] = {{"shipped", "schema/packs"},
							    {"system", "/nonexistent"},
							    {"own", "/nonexistent"}};
	char path[64], backups[64];
	struct err e;

	if (!mkdtemp(folder))
		abort();
	snprintf(path, sizeof(path), "%s/pdh.db", folder);
	snprintf(backups, sizeof(backups), "%s/backups", folder);
	if (db_open(path, backups, &rpc.db, &e) < 0) {
		fprintf(stderr, "%s\n", e.message);
		abort();
	}
	rpc.packs = pack_library_new(layers);
	rpc.who = "fuzz";
	rpc.daemon.started_by = STARTED_HAND;
	rpc.daemon.socket = "/nonexistent";
	atexit(clean_up);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_scanner scanner = {0};
	AUTO_BUF out = {0};
	size_t frame;

	if (!rpc.db)
		set_up();
	/* What the loop would not hand on is not the dispatcher's to bear. */
	if (wire_scan(&scanner, &wire_request_limits, (const char *)data, size, &frame) !=
	    WIRE_DONE)
		return 0;
	rpc_dispatch(&rpc, (const char *)data, frame, &out);
	assert(!db_in_transaction(rpc.db));
	return 0;
}
