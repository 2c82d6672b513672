export {
  answerWrongHost as DELETE,
  answerWrongHost as GET,
  answerWrongHost as HEAD,
  answerWrongHost as OPTIONS,
  answerWrongHost as PATCH,
  answerWrongHost as POST,
  answerWrongHost as PUT,
} from "@/lib/http/answer-wrong-host";
