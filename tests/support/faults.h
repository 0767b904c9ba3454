/* Calls that fail when a test says so, in place of the C library's and of
 * SQLite's memory: of files in the folders of tests
 * (/tmp/pdh-unit-...) alone, and once, but for a disk that stays full. A test of this kind is named test_faults_...; faults.c
 * is linked with no other. Nothing is synced: nobody pulls the plug. */
#pragma once

#include <stdbool.h>

enum fault {
	FAULT_OPEN,  /* no more files may be open */
	FAULT_WRITE, /* of a file, or its size: input/output error */
	FAULT_SYNC,  /* to the disk */
	FAULT_RENAME,
	FAULT_FULL,   /* the disk is full from this write on, of which it takes a half */
	FAULT_MEMORY, /* of SQLite */
	FAULT_KILL, /* the process is killed at any of the above but memory; a half of what it was to write is there */
	FAULT_COUNT
};

/* Once, before SQLite is used. */
void faults_init(void);

/* The `at`-th call of this kind from now on fails; 1 is the next. INT_MAX counts. */
void fault_arm(enum fault fault, int at);

struct fault_seen {
	bool happened;
	int calls; /* of the kind, since it was armed */
};

/* All is well again. */
struct fault_seen fault_disarm(void);

const char *fault_name(enum fault fault);
