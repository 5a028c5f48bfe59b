"""What was recorded this week enters the picture by which places are chosen: recorded crime, and nothing else."""

from simulation.kernel import kernel


@kernel
def picture(s, v, p, key, w, lw):
    """Agencies' picture of recorded crime follows what was recorded, by locality, as a mean of about half a year."""
    kept = 2.0 ** (-1.0 / p.tasking_picture_half_life)
    place = s.place
    for l in range(place.id.size):
        recorded = place.violent_recorded[l] + place.acquisitive_recorded[l] + place.drug_recorded[l]
        s.agency.recorded[l, 0] += (1.0 - kept) * (recorded - s.agency.recorded[l, 0])
        s.agency.recorded[l, 1] += (1.0 - kept) * (place.violent_recorded[l] - s.agency.recorded[l, 1])
