"""Train the scorers of acts (`kg.extract.learned`) together with the encoder."""
