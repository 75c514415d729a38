# How deep does the frost go? Conducts a winter's temperatures from the surface down into the ground.
#
#   awk -v ground="wet sand" -v diffusivity=7.4e-7 -v profile=profile.csv -v summary=summary.json \
#       -f frost.awk surface.csv
#
# ground: a name to print. diffusivity: of the ground, m²/s. surface.csv: day,temperature. profile.csv:
# depth,temperature; it is read first and overwritten with the temperatures of the last day. summary: a JSON file to write.
#
# This program knows nothing of Multirun: files in, files out, and arguments that name them.

BEGIN {
  FS = OFS = ","
  if (diffusivity + 0 <= 0) {
    print "frost: the diffusivity \"" diffusivity "\" is not a positive number" > "/dev/stderr"
    failed = 1
    exit 2
  }
  n = 0
  while ((getline line < profile) > 0) {
    split(line, cell)
    if (cell[1] + 0 != cell[1]) {
      header = line
      continue
    }
    depth[n] = cell[1]
    warmth[n] = cell[2]
    n++
  }
  close(profile)
  if (n < 3) {
    print "frost: " profile " has fewer than three depths" > "/dev/stderr"
    failed = 1
    exit 2
  }
  thickness = depth[1] - depth[0]
  # An explicit scheme is stable where diffusivity · step / thickness² is at most one half.
  steps = 1 + int(86400 * diffusivity / (0.4 * thickness ^ 2))
  share = diffusivity * 86400 / steps / thickness ^ 2
  deepest = when = frozen = 0
}

$1 + 0 == $1 {
  day = $1
  for (s = 0; s < steps; s++) {
    above = warmth[0] = $2
    for (i = 1; i < n - 1; i++) {
      here = warmth[i]
      warmth[i] += share * (above - 2 * here + warmth[i + 1])
      above = here
    }
  }
  # The lowest place where it freezes, between two depths.
  frost = 0
  for (i = n - 1; i > 0; i--) {
    if (warmth[i - 1] < 0) {
      if (warmth[i] >= 0) frost = depth[i - 1] + thickness * warmth[i - 1] / (warmth[i - 1] - warmth[i])
      break
    }
  }
  if (frost > deepest) {
    deepest = frost
    when = day
  }
  # Water pipes lie about a metre deep.
  if (warmth[10] < 0) frozen++
  if (day % 30 == 0) printf "day %3d   surface %6.1f °C   frost down to %.2f m\n", day, $2, frost
}

END {
  if (failed) exit 2
  print header > profile
  for (i = 0; i < n; i++) printf "%.2f,%.3f\n", depth[i], warmth[i] > profile
  printf "{\"frost_depth\": %.3f, \"deepest_on_day\": %d, \"days_frozen_at_1_m\": %d}\n", deepest, when, frozen > summary
  printf "%s: the frost reached %.2f m on day %d\n", ground, deepest, when
}
