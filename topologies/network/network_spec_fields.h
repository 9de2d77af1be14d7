// The keys of `network` in site files.
#pragma once

#include "topologies/equipment/specs_fields.h"
#include "topologies/network/network_spec.h"

namespace headroom {

void fields(auto& v, DragonflySpec& s) {
  v("routers", s.routers, required.at_least(1), "a: routers in each group, each linked with every other");
  v("servers", s.servers, required.at_least(1), "p: server ports of each router");
  v("global_links", s.global_links, required.at_least(1), "h: links of each router to other groups");
  v("groups", s.groups, optional.at_least(1), "g; a h + 1 by default, the most that there can be");
}
void fields(auto& v, JellyfishSpec& s) {
  v("switches", s.switches, required.at_least(2), "how many");
  v("degree", s.degree, required.at_least(1), "links of each switch to other switches");
  v("seed", s.seed, optional.non_negative(), "of the random graph");
}
void fields(auto& v, WrittenSwitch& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("type", s.type, optional, "a switch of the catalogue; without one it is a place that draws nothing");
  v("rack", s.rack, optional, "in which it stands, such as h1/net-1");
  v("latitude", s.latitude, optional.between(-90, 90), "degrees north");
  v("longitude", s.longitude, optional.between(-180, 180), "degrees east");
  v("backplane", s.backplane, optional.positive(), "all that it passes on shares this rate");
  v("backplane_latency", s.backplane_latency, optional.non_negative(), "of passing through; switch_latency by default");
}
void fields(auto& v, WrittenLink& s) {
  v("from", s.from, required.filled(), "a switch, a server (h1/gpu-3/2), a rack (each of its servers), or servers (all)");
  v("to", s.to, required.filled(), "the other end");
  v("count", s.count, optional.at_least(1), "links side by side");
  v("rate", s.rate, optional.positive(), "of one, in each direction; of the ports by default");
  v("latency", s.latency, optional.non_negative(), "of one; the fabric's by default");
  v("length", s.length, optional.positive(), "of its cable; from the places of the racks by default");
  v("shared", s.shared, optional, "one capacity for both directions");
}
void fields(auto& v, WrittenRoute& s) {
  v("from", s.from, required.filled(), "a server, such as h1/gpu-3/2");
  v("to", s.to, required.filled(), "another one; the way back is another route");
  v("via", s.via, required.filled(), "the switches that it passes, in their order");
}
void fields(auto& v, WanLink& s) {
  v("name", s.name, required.filled(), "of the other end: another site, the Internet");
  v("rate", s.rate, required.positive(), "of one link, in each direction");
  v("count", s.count, optional.at_least(1), "links side by side");
  v("latency", s.latency, optional.non_negative(), "one way");
  v("distance", s.distance, optional.positive(), "length of the fibre");
  v("at", s.at, optional.one_or_list(), "switches of the fabric on which it hangs; those of the highest tier in turn by default");
}
void fields(auto& v, CablingSpec& s) {
  v("cables", s.cables, optional, "copper and active optical cables to choose from; the catalogue's by default");
  v("optics", s.optics, optional, "modules to choose from; the catalogue's by default");
  v("slack", s.slack, optional.non_negative(), "share of the way that cables are longer");
  v("rack_width", s.rack_width, optional.positive(), "from rack to rack in a row");
  v("row_pitch", s.row_pitch, optional.positive(), "from row to row");
  v("hall_distance", s.hall_distance, optional.non_negative(), "from hall to hall, along the cables");
  v("riser", s.riser, optional.non_negative(), "from a rack up to the tray, at each end");
  v("inside_rack", s.inside_rack, optional.positive(), "of a cable that stays in its rack");
}
void fields(auto& v, FabricSpec& s) {
  v("name", s.name, optional.filled(), "what it is called");
  v("fabric", s.fabric, required, "its shape");
  v("racks", s.racks, optional.one_or_list(), "groups of racks whose servers hang on it; all by default");
  v("ports", s.ports, optional.at_least(1), "ports of each server on this fabric");
  v("rate", s.rate, optional.positive(), "of one such port; that of the leaf's ports by default");
  v("nic", s.nic, optional, "adapters of each server, where its data sheet does not count them");
  v("leaf", s.leaf, optional, "the switches on which servers hang");
  v("spine", s.spine, optional, "those above; of the leaf's type by default");
  v("core", s.core, optional, "those above spines; of the spine's type by default");
  v("oversubscription", s.oversubscription, optional.positive(), "servers' rate over uplinks' rate at each leaf");
  v("spine_oversubscription", s.spine_oversubscription, optional.positive(), "clos: rate downwards over rate upwards at each spine");
  v("leaf_in_rack", s.leaf_in_rack, optional, "each rack has leaves of its own, however many ports stay free");
  v("spines", s.spines, optional.at_least(1), "how many; what the rates ask for by default");
  v("cores", s.cores, optional.at_least(1), "clos: how many; what the rates ask for by default");
  v("k", s.k, optional.at_least(2), "fat-tree: ports of each switch, even");
  v("dragonfly", s.dragonfly, optional, "its figures a, p, h and g");
  v("dimensions", s.dimensions, optional, "torus: switches along each dimension");
  v("jellyfish", s.jellyfish, optional, "its figures");
  v("domain", s.domain, optional.at_least(2), "scale-up: servers in each domain");
  v("switches", s.switches, optional, "written: its nodes");
  v("links", s.links, optional, "written: its links");
  v("routes", s.routes, optional, "written: ways that are not the shortest ones");
  v("latency", s.latency, optional.non_negative(), "of each link");
  v("switch_latency", s.switch_latency, optional.non_negative(), "of each switch");
  v("switch_racks", s.switch_racks, optional, "group of racks in which spines, cores and routers stand; spread over all by default");
  v("essential", s.essential, optional, "a server that loses it is lost to jobs");
  v("sleep_after", s.sleep_after, optional.positive(), "a link without traffic for so long sleeps: its ports and modules draw nothing; never by default");
  v("wake_time", s.wake_time, optional.non_negative(), "of a link that slept");
  v("cabling", s.cabling, optional, "which cables it takes");
  v("wan", s.wan, optional, "ways out of the site");
}

void check(const FabricSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
