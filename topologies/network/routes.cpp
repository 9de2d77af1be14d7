#include "topologies/network/routes.h"
