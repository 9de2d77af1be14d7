#include "sim/policies/policies.h"

namespace headroom {

OrderPolicy order_policy(Order order) {
  switch (order) {
    case Order::fcfs: return first_come_first_served;
  }
  return nullptr;
}

PlacementPolicy placement_policy(Placement placement) {
  switch (placement) {
    case Placement::first_fit: return first_fit;
  }
  return nullptr;
}

BackfillPolicy backfill_policy(Backfill backfill) {
  switch (backfill) {
    case Backfill::none: return no_backfill;
    case Backfill::easy: return easy_backfill;
  }
  return nullptr;
}

}  // namespace headroom
