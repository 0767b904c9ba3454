/* Calls that fail when a test says so, in place of the C library's and of
 * SQLite's memory: of files in the folders of tests
 * (/tmp/pdh-unit-...) alone, and once, but for a disk that stays full. */
#pragma once

#include <stdbool.h>

enum fault {
	FAULT_OPEN,  /* no more files may be open */
	FAULT_WRITE, /* of a file, or its size: input/output error */
	FAULT_SYNC,  /* to the disk */
	FAULT_RENAME,
	FAULT_FULL,   /* the disk is full from this write on */
	FAULT_MEMORY, /* of SQLite */
	FAULT_COUNT
};

/* Once, before SQLite is used. */
void faults_init(void);

/* The `at`-th call of this kind from now on fails; 1 is the next. */
void fault_arm(enum fault fault, int at);

/* All is well again; whether the fault happened. */
bool fault_disarm(void);

const char *fault_name(enum fault fault);
