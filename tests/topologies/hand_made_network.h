// Networks made by hand: switches and servers, links one by one. What the builders of fabrics do, without a site.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "topologies/network/network_graph.h"

namespace headroom {

class HandMadeNetwork {
 public:
  HandMadeNetwork(int servers, int switches) : servers_(servers) {
    Fabric& fabric = graph_.fabrics.emplace_back();
    fabric.name = "made";
    fabric.kind = FabricKind::written;
    fabric.rate = 100.0 * gigabit_per_second;
    fabric.first_server = {0};
    fabric.first_switch = {servers};
    fabric.servers = servers;
    fabric.switches = switches;
    graph_.vertices.resize(static_cast<std::size_t>(servers + switches));
    for (int i = 0; i < servers; ++i) {
      graph_.vertices[static_cast<std::size_t>(i)].kind = VertexKind::server;
      graph_.vertices[static_cast<std::size_t>(i)].tier = -1;
      graph_.vertices[static_cast<std::size_t>(i)].server = i;
    }
    for (int s = 0; s < switches; ++s) vertex(s).name = "s" + std::to_string(s);
  }

  NetworkVertex& vertex(int of_switch) { return graph_.vertices[static_cast<std::size_t>(servers_ + of_switch)]; }
  void server(int server, int leaf, double gbit_per_s = 100) { add(server, servers_ + leaf, gbit_per_s, 0); }
  void link(int a, int b, double gbit_per_s = 100) { add(servers_ + a, servers_ + b, gbit_per_s, 1 + std::min(vertex(a).tier, vertex(b).tier)); }
  NetworkGraph& raw() { return graph_; }

  NetworkGraph graph() {
    std::vector<std::vector<Channel>> leaving(graph_.vertices.size());
    for (std::size_t i = 0; i < graph_.links.size(); ++i) {
      leaving[static_cast<std::size_t>(graph_.links[i].a)].push_back(static_cast<Channel>(2 * i));
      leaving[static_cast<std::size_t>(graph_.links[i].b)].push_back(static_cast<Channel>(2 * i + 1));
    }
    graph_.first_out.assign(1, 0);
    for (auto const& channels : leaving) {
      graph_.out.insert(graph_.out.end(), channels.begin(), channels.end());
      graph_.first_out.push_back(static_cast<std::int32_t>(graph_.out.size()));
    }
    return graph_;
  }

 private:
  void add(int a, int b, double gbit_per_s, int tier) {
    NetworkLink& link = graph_.links.emplace_back();
    link.a = {a};
    link.b = {b};
    link.rate = gbit_per_s * gigabit_per_second;
    link.tier = static_cast<std::int16_t>(tier);
  }

  int servers_;
  NetworkGraph graph_;
};

// Al-Fares 2008: pods of k/2 leaves and k/2 spines, (k/2)^2 cores; servers in the order of pods.
inline NetworkGraph fat_tree_by_hand(int k) {
  int const half = k / 2, leaves = k * half, cores = half * half;
  HandMadeNetwork made(leaves * half, 2 * leaves + cores);
  for (int s = 0; s < leaves; ++s) made.vertex(leaves + s).tier = 1;
  for (int s = 0; s < cores; ++s) made.vertex(2 * leaves + s).tier = 2;
  for (int i = 0; i < leaves * half; ++i) made.server(i, i / half);
  for (int leaf = 0; leaf < leaves; ++leaf)
    for (int j = 0; j < half; ++j) made.link(leaf, leaves + leaf / half * half + j);
  for (int spine = 0; spine < leaves; ++spine)
    for (int j = 0; j < half; ++j) made.link(leaves + spine, 2 * leaves + spine % half * half + j);
  return made.graph();
}

// Switches in a grid with wrap-around, the last dimension fastest; servers in the order of switches. Two switches along a
// dimension have one link, not two.
inline NetworkGraph torus_by_hand(const std::vector<int>& dimensions, int servers_each) {
  int switches = 1;
  for (int const d : dimensions) switches *= d;
  HandMadeNetwork made(switches * servers_each, switches);
  for (int i = 0; i < switches * servers_each; ++i) made.server(i, i / servers_each);
  for (int s = 0; s < switches; ++s) {
    int stride = 1;
    for (auto d = dimensions.rbegin(); d != dimensions.rend(); stride *= *d++) {
      int const at = s / stride % *d, next = s + ((at + 1) % *d - at) * stride;
      if (*d > 2 || at == 0) made.link(s, next);
    }
  }
  return made.graph();
}

}  // namespace headroom
