"""The explanation of scores and official results as JSON: the pages' content for programs of who may open the pages."""
