"""multilingual-e5-small on ONNX Runtime, without torch."""
