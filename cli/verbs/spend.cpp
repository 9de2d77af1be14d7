#include "cli/exit_codes.h"
#include "cli/verb.h"

namespace headroom {

void add_spend(CLI::App& app, Globals& globals) { (void)app; (void)globals; }

}  // namespace headroom
