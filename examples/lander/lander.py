"""Lands on the Moon once, with errors drawn by chance: one sample of a Monte Carlo study.

The sweep beside this program runs it for 100 seeds and three sizes of errors. A crash of the lander is a result like any
other. A run fails only when this program does.
"""

import csv
import math
import random

from multirun import get_run_params, post_run_results

GRAVITY = 1.62  # of the Moon, m/s²
STANDARD_GRAVITY = 9.80665  # m/s², by which a specific impulse is counted
MAX_THRUST = 5200.0  # N
SPECIFIC_IMPULSE = 310.0  # s
DRY_MASS = 900.0  # kg
FUEL = 43.0  # kg
PAD = 0.0  # where it shall land, m
STEP = 0.05  # s


class Lander:
    """Where it is, how it moves, what it weighs: the truth, which guidance knows only by measuring."""

    def __init__(self, chance, dispersion):
        def about(mean, deviation):
            return chance.gauss(mean, dispersion * deviation)

        self.x = about(-1500.0, 60.0)
        self.height = about(1000.0, 25.0)
        self.speed_x = about(60.0, 2.5)
        self.speed_up = about(-30.0, 2.0)
        self.fuel = FUEL
        self.dry_mass = about(DRY_MASS, 8.0)
        self.performance = about(1.0, 0.025)  # of the engine
        self.pointing = about(0.0, math.radians(0.6))
        self.map_error = about(0.0, 12.0)
        self.altimeter_scale = about(1.0, 0.01)
        self.speed_bias = about(0.0, 0.45)
        self.noise = 0.15 * dispersion
        self.chance = chance

    @property
    def mass(self):
        return self.dry_mass + self.fuel

    def measure(self):
        """Position and speed as the instruments show them."""
        return (
            self.x + self.map_error + self.chance.gauss(0.0, self.noise),
            self.height * self.altimeter_scale + self.chance.gauss(0.0, self.noise),
            self.speed_x + self.speed_bias + self.chance.gauss(0.0, 0.2 * self.noise),
            self.speed_up + self.chance.gauss(0.0, 0.2 * self.noise),
        )

    def fly(self, side, up):
        """Let the engine give these accelerations, as far as it can, for one step."""
        wanted = math.hypot(side, up) * (DRY_MASS + self.fuel)
        thrust = min(wanted, MAX_THRUST) * self.performance if self.fuel > 0 else 0.0
        angle = math.atan2(side, up) + self.pointing
        acceleration_x = thrust / self.mass * math.sin(angle)
        acceleration_up = thrust / self.mass * math.cos(angle) - GRAVITY
        self.fuel = max(0.0, self.fuel - thrust / (SPECIFIC_IMPULSE * STANDARD_GRAVITY) * STEP)
        self.x += (self.speed_x + 0.5 * acceleration_x * STEP) * STEP
        self.height += (self.speed_up + 0.5 * acceleration_up * STEP) * STEP
        self.speed_x += acceleration_x * STEP
        self.speed_up += acceleration_up * STEP


def guide(measured, time_to_go, fuel):
    """The acceleration to ask of the engine, sideways and up.

    It is the start of an acceleration that changes linearly in time and leads to the pad: G. W. Cherry, "A general,
    explicit, optimizing guidance law for rocket-propelled spaceflight", AIAA paper 64-638, 1964, from which Apollo's grew.
    """
    x, height, speed_x, speed_up = measured
    if time_to_go > 3.0 and height > 8.0:
        side = 6.0 * (PAD - x) / time_to_go**2 - 4.0 * speed_x / time_to_go
        up = 6.0 * (5.0 - height) / time_to_go**2 - (4.0 * speed_up - 2.0) / time_to_go + GRAVITY
    else:
        # The last metres: straight down, slowly.
        side = -0.8 * speed_x
        up = 1.5 * (-1.2 - speed_up) + GRAVITY
    # What the engine has left for the way up when sideways has had its share.
    limit = MAX_THRUST / (DRY_MASS + fuel)
    return side, max(0.0, min(up, math.sqrt(limit**2 - side**2)))


def land(lander, duration, trajectory):
    """Fly down to the ground; returns the time that it took."""
    time = 0.0
    step = 0
    while lander.height > 0.0:
        if step % 20 == 0:
            trajectory.writerow([f"{v:.2f}" for v in (time, lander.x, lander.height, lander.speed_x, lander.speed_up)])
        if step % 200 == 0:
            print(
                f"{time:5.0f} s   {lander.x:8.1f} m from the pad   {lander.height:7.1f} m high   "
                f"{-lander.speed_up:5.1f} m/s down   {lander.fuel:5.1f} kg fuel"
            )
        lander.fly(*guide(lander.measure(), duration - time, lander.fuel))
        step += 1
        time = step * STEP
    return time


def main():
    # Alone, without Multirun, it takes these.
    params = get_run_params(default={"dispersion": 1.0, "seed": 0})
    lander = Lander(random.Random(params["seed"]), params["dispersion"])
    with open("trajectory.csv", "w", newline="") as file:
        trajectory = csv.writer(file)
        trajectory.writerow(["time", "x", "height", "speed_x", "speed_up"])
        time = land(lander, 50.0, trajectory)

    down, sideways = -lander.speed_up, abs(lander.speed_x)
    if down > 2.5:
        outcome, why = "crashed", "out of fuel" if lander.fuel == 0 else "too fast"
    elif sideways > 1.2:
        outcome, why = "crashed", "tipped over"
    else:
        outcome, why = "landed", None
    print(f"{outcome} after {time:.1f} s, {abs(lander.x - PAD):.1f} m from the pad" + (f": {why}" if why else ""))
    post_run_results(
        {
            "outcome": outcome,
            "why": why,
            "miss_distance": round(abs(lander.x - PAD), 2),
            "fuel_left": round(lander.fuel, 2),
            "speed_down": round(down, 2),
            "speed_sideways": round(sideways, 2),
            "time": round(time, 2),
        }
    )


if __name__ == "__main__":
    main()
