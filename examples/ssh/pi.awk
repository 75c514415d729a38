# Estimates π: the share of random points of a square that lie in its circle. Writes results.json.
#   awk -v points=1000 -v seed=1 -f pi.awk
BEGIN {
  srand(seed)
  for (i = 0; i < points; i++) {
    x = rand(); y = rand()
    inside += x * x + y * y < 1
  }
  "hostname" | getline machine
  printf "%d points: %.5f, on %s\n", points, 4 * inside / points, machine
  printf "{\"pi\": %.5f, \"machine\": \"%s\"}\n", 4 * inside / points, machine > "results.json"
}
