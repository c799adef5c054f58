"""The page kit: guard, listing, components, styles and scripts."""
