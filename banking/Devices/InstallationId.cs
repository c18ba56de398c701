namespace Serverless.Banking.Devices;

/// <summary>One installation of the app, or one browser, as it named itself: 16 to 64 of <c>A-Z a-z 0-9 -</c>, made at random by the client.</summary>
/// <remarks>The default value of this type is no installation.</remarks>
public readonly record struct InstallationId
{
    public const string Pattern = "[A-Za-z0-9-]{16,64}";

    private InstallationId(string value) => Value = value;

    public string Value { get; }

    /// <summary>Null for another form.</summary>
    public static InstallationId? Find(string? text) =>
        text is { Length: >= 16 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? new InstallationId(text) : null;

    /// <exception cref="ArgumentException">Another form.</exception>
    public static InstallationId Of(string text) =>
        Find(text) ?? throw new ArgumentException("An installation is named by 16 to 64 letters, digits and hyphens.", nameof(text));

    public override string ToString() => Value;
}
