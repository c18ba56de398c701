namespace Serverless.Functions.Http;

internal sealed class FunctionCatalogue { }
