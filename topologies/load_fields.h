// The keys of load files.
#pragma once

#include "base/fields.h"
#include "topologies/load.h"

namespace headroom {

void fields(auto& v, ServerLoad& s) {
  v("racks", s.racks, optional, "a group of racks; every group by default");
  v("type", s.type, optional, "a type of server; every type by default");
  v("servers", s.servers, optional.at_least(0), "the first so many of them; all by default");
  v("cpu", s.cpu, optional.share(), "share of the cores that are busy");
  v("gpu", s.gpu, optional.share(), "share of the accelerators that are busy");
}

void fields(auto& v, LoadFile& s) {
  v("servers", s.servers, optional, "how busy which servers are; idle by default");
  v("out_of_service", s.out_of_service, optional, "nodes of the power path that are lost");
}

}  // namespace headroom
