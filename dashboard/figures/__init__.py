"""Pictures from view models: plotly alone, neither Dash nor the simulation."""
