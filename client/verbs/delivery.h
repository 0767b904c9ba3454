/* pdh remind test and pdh remind run: waits until what was to be sent was sent, or was not. */
#pragma once

#include "client/net/call.h"

/* Puts the outcomes in place of the answer, which is of reminder.test or reminder.run. */
int delivery_wait(struct call *c, struct answer *ans, struct err *e);

/* 1 where something did not work, else 0. */
int delivery_exit_status(const struct reminder_log *log);
