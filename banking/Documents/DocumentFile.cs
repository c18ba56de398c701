namespace Serverless.Banking.Documents;

/// <summary>A finished document.</summary>
/// <param name="Name">Letters, digits, hyphens and a dot: what it is saved as.</param>
/// <param name="ContentType">A media type: <c>application/pdf</c>.</param>
public sealed record DocumentFile(string Name, string ContentType, byte[] Content)
{
    public const string Pdf = "application/pdf";
}

/// <summary>Names a document: what it is, whose, and in which language.</summary>
/// <param name="Kind">Of its renderer: <c>account_statement</c>.</param>
/// <param name="Id">What the renderer needs to make it again, byte for byte; at most 400 characters.</param>
public sealed record DocumentReference(string Kind, string Id, CustomerId Owner, Customers.Language Language);
