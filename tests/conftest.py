"""Settings of the whole suite."""

from hypothesis import Phase, settings

# the suite finds a failure; whoever mends it makes it small with --hypothesis-profile=shrink
settings.register_profile("suite", deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
settings.register_profile("shrink", deadline=None)
settings.load_profile("suite")
