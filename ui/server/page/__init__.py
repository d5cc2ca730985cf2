"""The chat page: Gradio's layout, the routes that `page.js` calls, and what they show."""
