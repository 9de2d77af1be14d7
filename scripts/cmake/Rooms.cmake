# One library a room: headroom_room(NAME SOURCES a.cpp b.cpp LINKS base physics PRIVATE SQLite::SQLite3)
# LINKS are rooms of ours (public), PRIVATE is what no public header may show.
set(HEADROOM_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
# g++ 12 sees overlaps and uninitialised bytes inside std::string and std::variant that are not there (GCC bugs 105329, 105562)
list(APPEND HEADROOM_WARNINGS $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)      # without it ccache knows nothing of what was parsed before
  endif()
endif()

# Headers of the standard library, fmt and JSON are parsed once for all rooms, and once more with Catch2 for the tests and with
# CLI11 for the program. Sources still include what they use (-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON builds without).
set(HEADROOM_COMMON_HEADERS <algorithm> <array> <charconv> <cmath> <cstdint> <filesystem> <fstream> <functional> <iostream> <limits> <map> <memory> <numeric> <optional> <set> <span>
  <sstream> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector> <fmt/format.h> <nlohmann/json.hpp>)

# CMAKE_UNITY_BUILD=ON compiles the sources of a room in batches, so that headers and templates are parsed and instantiated once
# a batch; scripts/test does so in a clean checkout. One changed source then recompiles its batch: who works on the program leaves
# it OFF. In batches, `conditions` takes 62 s of CPU time, not 113 s, its tests 13 s, not 35 s (docs/performance.md). Sources of a room share
# a file here, so that a name in an unnamed namespace may stand once a room, except for overloads.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
if(CMAKE_UNITY_BUILD)      # what only another source of the batch has is not shadowed, and no header's type is in an unnamed namespace
  list(APPEND HEADROOM_WARNINGS -Wno-shadow -Wshadow=local -Wno-subobject-linkage)
endif()

# Sources of the current folder that stay by themselves: their names or their flags are no others'.
function(headroom_by_itself)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

function(headroom_flags target)
  target_compile_options(${target} PRIVATE ${HEADROOM_WARNINGS})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  if(HEADROOM_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()

# A target whose only content is the parsed headers: what links nothing else defines no macro that others lack.
function(headroom_parse_headers name)
  cmake_parse_arguments(PARSE "" "" "HEADERS;LINKS;OPTIONS" ${ARGN})
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${name}.cpp CONTENT "")
  add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/${name}.cpp)
  headroom_flags(${name})
  target_compile_options(${name} PRIVATE ${PARSE_OPTIONS})
  target_link_libraries(${name} PRIVATE fmt::fmt nlohmann_json::nlohmann_json ${PARSE_LINKS})
  target_precompile_headers(${name} PRIVATE ${HEADROOM_COMMON_HEADERS} ${PARSE_HEADERS})
endfunction()

function(headroom_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ROOM_SOURCES})
  headroom_flags(${name})
  target_link_libraries(${name} PUBLIC ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE} fmt::fmt)
  target_precompile_headers(${name} REUSE_FROM common_headers)
endfunction()
