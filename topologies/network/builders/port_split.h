// How many ports of a switch face down and how many up.
//
// P ports of one rate R, links downwards of rate r, links upwards of the rate of a port above, each of which takes
// c = ceil(its rate / R) ports here (ports are broken out: a spine's of 800 Gbit/s takes two of 400). `down` is the most
// with down r <= o floor((P - down) / c) (rate upwards); all the others go up. With c = 1 and equal rates that is
// down = floor(P o / (1 + o)). A type with ports of their own for uplinks takes only these upwards, and of them as many as
// `down` asks for: ceil(down r / (o rate upwards)).
#pragma once

#include "topologies/equipment/specs.h"

namespace headroom {

struct PortSplit {
  int down = 0, up = 0;              // links; down 0: the type has too few ports
  int most_up = 0;                   // what there are ports for
  DataRate up_rate;                  // of one link upwards
};

PortSplit split_ports(const SwitchSpec& type, DataRate down_rate, const SwitchSpec& above, double oversubscription);

// Links upwards that so many downwards ask for: at least one.
int uplinks_for(int down, DataRate down_rate, DataRate up_rate, double oversubscription);

// The smallest divisor of `count` that is at least `wanted` <= count.
int divisor_from(int count, int wanted);

}  // namespace headroom
