namespace Serverless.Banking.Documents;

/// <summary>The typeface of the bank's documents: DejaVu Sans Condensed, which the build puts beside the app (package.json).</summary>
/// <remarks>Read at the first document, so that an app without fonts starts and does everything else.</remarks>
internal sealed class DocumentFonts
{
    public const string Folder = "document-fonts";

    private static readonly Lazy<TrueTypeFont> RegularFont = new(() => Read("DejaVuSansCondensed.ttf"));
    private static readonly Lazy<TrueTypeFont> BoldFont = new(() => Read("DejaVuSansCondensed-Bold.ttf"));

    /// <exception cref="InvalidOperationException">The app was built without the npm packages.</exception>
    public TrueTypeFont Regular => RegularFont.Value;

    /// <inheritdoc cref="Regular"/>
    public TrueTypeFont Bold => BoldFont.Value;

    private static TrueTypeFont Read(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, Folder, name);
        return File.Exists(path)
            ? new TrueTypeFont(File.ReadAllBytes(path))
            : throw new InvalidOperationException($"The font {name} is missing: install the npm packages (npm ci), then build again.");
    }
}
