"""The few who deliberate: forces, regional units, the national agency and partners; and a business as a handle on its
row.
"""

from simulation.agents.business import Business
from simulation.agents.police import Force, NationalAgency, Officer, Partner, RegionalUnit, appoint_agents

__all__ = ["Business", "Force", "NationalAgency", "Officer", "Partner", "RegionalUnit", "appoint_agents"]
