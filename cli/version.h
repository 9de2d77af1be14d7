#pragma once

namespace headroom {

constexpr const char* version_text = "headroom 0.1.0";

}  // namespace headroom
