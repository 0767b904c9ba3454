#include "client/help/examples.h"

#include "client/cli/options.h"

#include <string.h>

const struct example examples[] = {
#define EXAMPLE(method, command, what) {METHOD_##method, command, what},
#include "client/help/examples.def"
};
const size_t example_count = sizeof(examples) / sizeof(examples[0]);

const struct remark remarks[] = {
#define REMARK(method, text) {METHOD_##method, text},
#include "client/help/examples.def"
};
const size_t remark_count = sizeof(remarks) / sizeof(remarks[0]);

const struct task tasks[] = {
	{"Where you stand", "status,prompt,explain,plan,setup"},
	{"Reports", "report"},
	{"Hours", "activity,timer,import,reconcile"},
	{"Proof", "attach,evidence"},
	{"Your records", "export,records,backup,restore,reset,query"},
	{"Changes", "change,watch"},
	{"Credentials", "credential,cycle,item"},
	{"The way in", "have,path"},
	{"Reminders", "reminder,calendar"},
	{"Rules", "pack"},
	{"pdh itself", "daemon,api,doctor,version,help,completion"},
};
const size_t task_count = sizeof(tasks) / sizeof(tasks[0]);

bool task_has(const struct task *t, const struct method *m)
{
	const char *name = *m->name ? m->name : m->verb;
	char noun[32] = "";
	size_t n = strcspn(name, ". ");

	if (!*m->verb || *m->verb == '_' || n >= sizeof(noun))
		return false;
	memcpy(noun, name, n);
	return flag_among(t->nouns, noun);
}
