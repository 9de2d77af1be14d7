#!/usr/bin/env bash
# Rebuilds echarts.min.js and licenses/ from package-lock.json. The same lock gives the same bytes.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

mkdir -p licenses
cp node_modules/echarts/LICENSE             licenses/echarts-LICENSE
cp node_modules/echarts/NOTICE              licenses/echarts-NOTICE
cp node_modules/echarts/licenses/LICENSE-d3 licenses/echarts-LICENSE-d3
cp node_modules/zrender/LICENSE             licenses/zrender-LICENSE
cp node_modules/tslib/LICENSE.txt           licenses/tslib-LICENSE

npx --no-install esbuild entry.js --bundle --minify --format=iife --target=es2020 --charset=utf8 \
  --legal-comments=eof --outfile=echarts.min.js --log-level=warning

# The licences ask to travel with every copy, and each report is one.
{ echo '/*!'; cat licenses/* | tr -d '\r'; echo '*/'; } >> echarts.min.js
