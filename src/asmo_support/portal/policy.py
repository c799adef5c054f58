from asmo_support.ui.policy import Policy

POLICY: Policy = {}
