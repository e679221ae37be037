/** `compatible`: any endpoint that speaks the API of OpenAI's chat completions (Ollama, vLLM, DeepSeek, Qwen …). */
export const GENERATOR_PROVIDERS = ['anthropic', 'openai', 'google', 'compatible'] as const;
export type GeneratorProvider = (typeof GENERATOR_PROVIDERS)[number];
