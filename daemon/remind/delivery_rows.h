/* The rows of deliveries and of their log. */
#pragma once

#include "daemon/remind/delivery.h"

struct delivery {
	int64_t id, credential_id, item_id, rung;
	civil_day day, until; /* until: DATE_NONE, where it was not put off */
	const char *channel;  /* "": it was taken and is not sent */
	enum delivery_state state;
	int64_t tries,
		next_at; /* not of delivery_of_day(); next_at INT_NONE: under way */
};

struct deliveries {
	struct delivery *v;
	size_t n;
};

/* Whether the row is about this rung, put off to the same day. */
bool delivery_is_of(const struct delivery *d, const struct rung *rung);

int delivery_all_pending(struct work *w, struct deliveries *ret, struct err *e);

/* Of the day that matters of this rung. */
int delivery_of_day(struct work *w, const struct rung *rung, struct deliveries *ret,
		    struct err *e);

/* 1 and the row, or 0. */
int delivery_get(struct work *w, int64_t id, struct delivery *ret, struct err *e);

/* Leaves what is there already as it is. */
int delivery_add(struct work *w, const struct rung *rung, const char *channel,
		 enum delivery_state state, int64_t next_at, struct err *e);

int delivery_set(struct work *w, int64_t id, enum delivery_state state, int64_t next_at,
		 struct err *e);

/* Puts an entry into the log; `delivery` may be INT_NONE, outcome none and text NULL. */
struct delivery_entry {
	int64_t delivery;
	const char *reminder, *channel;
	enum send_outcome outcome;
	const char *text;
};
int delivery_log(struct work *w, const struct delivery_entry *entry, struct err *e);
