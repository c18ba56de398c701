namespace Serverless.Functions.Http;

/// <summary>A section of the settings, and what it is read into; docs/settings.md is made of all of them.</summary>
public sealed record SettingsSection(string Name, Type Options);
