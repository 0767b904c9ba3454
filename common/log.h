/* Diagnostics of the daemon to standard error, one line each, with the <N> level prefixes
 * that journald reads when standard error is its stream, and plain text with a level word
 * otherwise. */
#pragma once

enum log_level { LOG_L_ERR = 3, LOG_L_WARNING = 4, LOG_L_INFO = 6, LOG_L_DEBUG = 7 };

/* Lines above this level are dropped. Default LOG_L_INFO. */
void log_set_level(enum log_level level);

void log_line(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#define log_err(...)   log_line(LOG_L_ERR, __VA_ARGS__)
#define log_warn(...)  log_line(LOG_L_WARNING, __VA_ARGS__)
#define log_info(...)  log_line(LOG_L_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_L_DEBUG, __VA_ARGS__)
